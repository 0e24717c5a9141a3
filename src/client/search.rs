//! Finding messages again.

use super::{Result, asking, get};
use causeway_api::{
    paths,
    search::{FoundMessages, SearchMessages},
};

/// Messages that match, the newest first.
pub async fn search_messages(asked: &SearchMessages) -> Result<FoundMessages> {
    get(&asking(paths::SEARCH, asked)?).await
}
