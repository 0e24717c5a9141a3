//! Closed sets of words: enums whose values have a word in the database, on the wire, or in the id of a text.

/// A value that stands for one word of a closed set. [`words!`](crate::words!) implements it.
pub trait Word: Copy + 'static {
    /// Every value, in the order of the declaration.
    const ALL: &'static [Self];

    /// The word of this value.
    fn as_str(self) -> &'static str;

    /// The value of a word; `None` if there is none.
    fn parse(word: &str) -> Option<Self>;
}

/// Declares an enum with the word of each value: it gets `ALL`, `as_str` and `parse`, and implements [`Word`].
#[macro_export]
macro_rules! words {
    (
        $(#[$attribute:meta])*
        $vis:vis enum $name:ident {
            $($(#[$about:meta])* $value:ident = $word:literal,)+
        }
    ) => {
        $(#[$attribute])*
        $vis enum $name {
            $($(#[$about])* $value,)+
        }

        impl $name {
            /// Every value, in the order of the declaration.
            $vis const ALL: [Self; [$($word),+].len()] = [$(Self::$value),+];

            /// The word of this value.
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// The value of a word; `None` if there is none.
            $vis fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$value),)+
                    _ => None,
                }
            }
        }

        impl $crate::words::Word for $name {
            const ALL: &'static [Self] = &Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn parse(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    words! {
        /// The sides of a coin.
        #[derive(Clone, Copy, Debug, PartialEq)]
        enum Coin {
            /// The head.
            Heads = "heads",
            /// The other side.
            Tails = "tails",
        }
    }

    #[test]
    fn every_value_is_found_by_its_word() {
        assert_eq!(Coin::ALL, [Coin::Heads, Coin::Tails]);
        for value in Coin::ALL {
            assert_eq!(Coin::parse(value.as_str()), Some(value));
        }
        assert_eq!(Coin::parse("edge"), None);
    }
}
