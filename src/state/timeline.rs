//! The part of a conversation that is in memory: pages around what is looked at, never all of it.

pub mod lines;
mod replies;

use causeway_api::{
    MessageId,
    chats::{ChatLine, Message},
};
use std::collections::{BTreeMap, HashMap};

/// Messages per page that is fetched.
pub const PAGE: i64 = 50;
/// Pages kept on either side of what is looked at.
const KEEP_PAGES: i64 = 4;

/// Loaded messages by ordinal.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    messages: BTreeMap<i64, Message>,
    /// What happened between them, by the number of its event.
    lines: BTreeMap<i64, ChatLine>,
    /// What they reply to and what is not among them.
    replied_to: HashMap<MessageId, Message>,
    /// The first ordinal the viewer may see.
    pub first: i64,
    /// The newest ordinal there is.
    pub last: i64,
}

impl Timeline {
    /// A conversation of which nothing is loaded.
    pub fn new(first: i64, last: i64) -> Self {
        Self { first, last, ..Self::default() }
    }

    /// Takes messages in; those that are there already stay.
    pub fn insert(&mut self, messages: impl IntoIterator<Item = Message>) {
        for message in messages {
            self.last = self.last.max(message.ordinal);
            self.messages.insert(message.ordinal, message);
        }
    }

    /// Takes lines in. Those that are there already stay.
    pub fn insert_lines(&mut self, lines: impl IntoIterator<Item = ChatLine>) {
        for line in lines {
            self.lines.entry(line.seq).or_insert(line);
        }
    }

    /// How many lines are in memory.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The lines that have their place below a message, in order.
    pub fn lines_below(&self, ordinal: i64) -> Vec<ChatLine> {
        self.lines.values().filter(|line| line.after == ordinal).cloned().collect()
    }

    /// The lines above the first message that the viewer may see, in order.
    pub fn lines_above_all(&self) -> Vec<ChatLine> {
        self.lines.values().filter(|line| line.after < self.first).cloned().collect()
    }

    /// Takes the newer version of a message in; one that is not loaded will come as it is now.
    pub fn replace(&mut self, message: &Message) {
        if let Some(loaded) = self.messages.get_mut(&message.ordinal) {
            loaded.clone_from(message);
        }
        self.replace_replied_to(message);
    }

    /// The message with this ordinal, if it is loaded.
    pub fn get(&self, ordinal: i64) -> Option<&Message> {
        self.messages.get(&ordinal)
    }

    /// All messages that are loaded, in order.
    pub fn all(&self) -> impl Iterator<Item = &Message> {
        self.messages.values()
    }

    /// How many messages are in memory.
    pub fn loaded(&self) -> usize {
        self.messages.len()
    }

    /// Whether all of these are loaded.
    pub fn has(&self, from: i64, to: i64) -> bool {
        let (from, to) = self.clamp(from, to);
        from > to || self.messages.range(from..=to).count() as i64 == to - from + 1
    }

    /// The first ordinals of the pages that are missing between two ordinals.
    pub fn missing_pages(&self, from: i64, to: i64) -> Vec<i64> {
        let (from, to) = self.clamp(from, to);
        if from > to {
            return Vec::new();
        }
        let starts = (page_start(from)..=to).step_by(usize::try_from(PAGE).unwrap_or(1));
        starts
            .filter(|start| !self.has((*start).max(from.min(*start + PAGE)), (*start + PAGE - 1).min(to)))
            .collect()
    }

    /// Forgets what is far from the stretch that is looked at.
    pub fn forget_far(&mut self, from: i64, to: i64) {
        let (low, high) = (from - KEEP_PAGES * PAGE, to + KEEP_PAGES * PAGE);
        self.messages.retain(|ordinal, _| (low..=high).contains(ordinal));
    }

    fn clamp(&self, from: i64, to: i64) -> (i64, i64) {
        (from.max(self.first), to.min(self.last))
    }
}

fn page_start(ordinal: i64) -> i64 {
    (ordinal - 1).div_euclid(PAGE) * PAGE + 1
}

/// How a message stands among its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The message's ordinal.
    pub ordinal: i64,
    /// It is the first of its day.
    pub starts_day: bool,
    /// It is the first that was unread when the conversation was opened.
    pub starts_unread: bool,
    /// It is the first of a run by one sender.
    pub starts_group: bool,
    /// It is the last of such a run.
    pub ends_group: bool,
    /// It is the first of a run of messages on one channel.
    pub starts_channel: Option<Stop>,
    /// When it was edited or deleted: another version is another row.
    pub changed_at: Option<i64>,
    /// What happened above it, where it is the first of all.
    pub lines_above: Vec<ChatLine>,
    /// What happened below it.
    pub lines_below: Vec<ChatLine>,
}

/// Where a run of messages on one channel starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// The first message of all.
    Opened,
    /// The first message that the viewer sees; others were written before.
    Seen,
    /// The conversation went on by another channel.
    Moved,
}

/// Messages of one sender belong together when they are at most this far apart.
const GROUP_MILLIS: i64 = 5 * 60_000;

/// The loaded messages between two ordinals, each with its place. `day` tells which day an instant is.
pub fn places(
    timeline: &Timeline,
    from: i64,
    to: i64,
    unread_from: i64,
    day: impl Fn(i64) -> i64,
) -> Vec<Place> {
    let together = |one: &Message, next: &Message| {
        one.sender == next.sender
            && one.channel == next.channel
            && timeline.lines_below(one.ordinal).is_empty()
            && next.sent_at - one.sent_at <= GROUP_MILLIS
            && day(one.sent_at) == day(next.sent_at)
            && next.ordinal != unread_from
    };
    (from..=to)
        .filter_map(|ordinal| {
            let message = timeline.get(ordinal)?;
            let before = timeline.get(ordinal - 1);
            let after = timeline.get(ordinal + 1);
            Some(Place {
                ordinal,
                starts_day: before.is_none_or(|before| day(before.sent_at) != day(message.sent_at)),
                starts_unread: ordinal == unread_from,
                starts_group: !before.is_some_and(|before| together(before, message)),
                ends_group: !after.is_some_and(|after| together(message, after)),
                starts_channel: match before {
                    Some(before) => (before.channel != message.channel).then_some(Stop::Moved),
                    None if ordinal == 1 => Some(Stop::Opened),
                    None => (ordinal == timeline.first).then_some(Stop::Seen),
                },
                changed_at: message.deleted_at.or(message.edited_at),
                lines_above: if ordinal == timeline.first { timeline.lines_above_all() } else { Vec::new() },
                lines_below: timeline.lines_below(ordinal),
            })
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use causeway_api::{
        ChatId, MessageId, PersonId,
        chats::{Channel, ChatChange, MessageContent, Named},
    };
    use uuid::Uuid;

    pub(in crate::state::timeline) fn message(ordinal: i64, sender: u128, sent_at: i64) -> Message {
        Message {
            id: MessageId(Uuid::from_u128(u128::try_from(ordinal).unwrap())),
            chat: ChatId(Uuid::nil()),
            ordinal,
            sender: PersonId(Uuid::from_u128(sender)),
            text: String::new(),
            channel: Channel::Causeway,
            sent_at,
            content: MessageContent::Text,
            reply_to: None,
            forwarded_from: None,
            mentions: Vec::new(),
            reactions: Vec::new(),
            edited_at: None,
            deleted_at: None,
        }
    }

    fn filled(ordinals: std::ops::RangeInclusive<i64>) -> Timeline {
        let mut timeline = Timeline::new(1, *ordinals.end());
        timeline.insert(ordinals.map(|ordinal| message(ordinal, 1, ordinal)));
        timeline
    }

    #[test]
    fn only_missing_pages_are_fetched() {
        let mut timeline = Timeline::new(1, 10_000);
        assert_eq!(timeline.missing_pages(9_940, 10_000), [9_901, 9_951]);
        timeline.insert((9_951..=10_000).map(|ordinal| message(ordinal, 1, ordinal)));
        assert_eq!(timeline.missing_pages(9_940, 10_000), [9_901]);
        assert_eq!(timeline.missing_pages(9_960, 20_000), Vec::<i64>::new());
        assert_eq!(timeline.missing_pages(-20, 3), [1]);
    }

    #[test]
    fn a_member_who_joined_late_is_not_asked_for_what_it_may_not_see() {
        let mut timeline = Timeline::new(70, 120);
        timeline.insert((70..=120).map(|ordinal| message(ordinal, 1, ordinal)));
        assert!(timeline.has(1, 120));
        assert_eq!(timeline.missing_pages(1, 120), Vec::<i64>::new());
    }

    #[test]
    fn memory_stays_bounded_while_scrolling_through_ten_thousand() {
        let mut timeline = Timeline::new(1, 10_000);
        let mut most = 0;
        for at in (1..=10_000).rev().step_by(20) {
            for start in timeline.missing_pages(at - 40, at + 40) {
                timeline.insert((start..start + PAGE).filter(|o| *o <= 10_000).map(|o| message(o, 1, o)));
            }
            timeline.forget_far(at - 40, at + 40);
            most = most.max(timeline.loaded());
        }
        assert!(most <= 600, "{most} messages in memory");
    }

    #[test]
    fn runs_of_one_sender_are_grouped_by_time_and_day() {
        let mut timeline = Timeline::new(1, 5);
        let minute = 60_000;
        timeline.insert([
            message(1, 1, 0),
            message(2, 1, minute),
            message(3, 2, 2 * minute),
            message(4, 2, 20 * minute),
            message(5, 2, 21 * minute),
        ]);
        let day = |at: i64| i64::from(at > 20 * minute);
        let places = places(&timeline, 1, 5, 3, day);
        let starts: Vec<bool> = places.iter().map(|place| place.starts_group).collect();
        let days: Vec<bool> = places.iter().map(|place| place.starts_day).collect();
        assert_eq!(starts, [true, false, true, true, true]);
        assert_eq!(days, [true, false, false, false, true]);
        assert!(places[2].starts_unread && places[1].ends_group && !places[0].ends_group);
    }

    #[test]
    fn a_run_ends_where_something_happened_or_the_channel_changes() {
        let mut timeline = Timeline::new(1, 4);
        let on = |ordinal, channel| Message { channel, ..message(ordinal, 1, ordinal) };
        timeline.insert([
            on(1, Channel::Wechat),
            on(2, Channel::Wechat),
            on(3, Channel::Causeway),
            on(4, Channel::Causeway),
        ]);
        let by = Named { id: PersonId(Uuid::from_u128(1)), name: "Ana".to_owned() };
        let line = |seq, after| {
            let change = ChatChange::Renamed { by: by.clone(), name: "H".to_owned() };
            ChatLine { seq, at: 0, after, change }
        };
        timeline.insert_lines([line(9, 3), line(3, 0), line(9, 3)]);
        let places = places(&timeline, 1, 4, i64::MAX, |_| 0);
        let starts: Vec<bool> = places.iter().map(|place| place.starts_group).collect();
        assert_eq!(starts, [true, false, true, true]);
        let stops: Vec<_> = places.iter().map(|place| place.starts_channel).collect();
        assert_eq!(stops, [Some(Stop::Opened), None, Some(Stop::Moved), None]);
        assert_eq!((places[0].lines_above.len(), places[2].lines_below.len()), (1, 1));
        assert!(places[1].lines_below.is_empty() && places[3].lines_above.is_empty());
    }

    #[test]
    fn nothing_is_missing_when_everything_is_there() {
        assert_eq!(filled(1..=120).missing_pages(1, 120), Vec::<i64>::new());
    }
}
