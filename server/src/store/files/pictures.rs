//! Pictures that stand for files.

use crate::store::{Result, Tx, entity::file};
use causeway_api::{CompanyId, FileId, files::PictureSize};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

impl Tx {
    /// Gives an upload that no message carries yet a picture that stands for it.
    pub async fn give_picture(&mut self, company: CompanyId, id: FileId, size: PictureSize) -> Result<()> {
        let column = |side: u32| i32::try_from(side).ok();
        file::Entity::update_many()
            .col_expr(file::Column::Width, Expr::value(column(size.width)))
            .col_expr(file::Column::Height, Expr::value(column(size.height)))
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(id.0))
            .filter(file::Column::MessageId.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
