//! Finding messages again.

use crate::{
    App,
    domain::search,
    error::AppError,
    http::extract::{Current, query::Query},
};
use axum::{Json, extract::State};
use causeway_api::{
    Problem,
    search::{FoundMessages, SearchMessages},
};
use std::sync::Arc;

/// Messages that match, as the caller is shown them.
#[utoipa::path(get, path = "/api/search",
    responses((status = 200, body = FoundMessages), (status = "default", body = Problem)))]
pub(in crate::http) async fn search_messages(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(asked): Query<SearchMessages>,
) -> Result<Json<FoundMessages>, AppError> {
    Ok(Json(search::messages(&app, &actor, asked).await?))
}
