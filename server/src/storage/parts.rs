//! An upload whose parts have all arrived, read as one.

use super::{Object, Storage};
use crate::error::AppError;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use std::io::{self, Read, Seek, SeekFrom};
use tokio::runtime::Handle;

/// How much is read ahead.
const WINDOW: u64 = 64 * 1024;

/// The parts of an upload in order, each with its length.
#[derive(Clone)]
pub struct Parts {
    storage: Storage,
    parts: Vec<(Object, u64)>,
}

impl Parts {
    /// Parts whose lengths are known.
    pub fn new(storage: Storage, parts: Vec<(Object, u64)>) -> Self {
        Self { storage, parts }
    }

    /// All bytes, in order. A part that is not there breaks it off.
    pub fn stream(&self) -> impl Stream<Item = Result<Bytes, AppError>> + Unpin + use<> {
        let Self { storage, parts } = self.clone();
        let of_part = move |(object, length): (Object, u64)| {
            let storage = storage.clone();
            async move {
                let pieces = storage.read(&object, Some(0..length)).await?.ok_or(AppError::Busy)?;
                Ok::<_, AppError>(pieces.map_err(AppError::from))
            }
        };
        Box::pin(futures_util::stream::iter(parts).then(of_part).try_flatten())
    }

    /// For what reads here and there, on a thread that may block.
    pub fn reading(&self, runtime: Handle) -> Reading {
        Reading { parts: self.clone(), runtime, place: 0, window: (0, Bytes::new()) }
    }

    fn length(&self) -> u64 {
        self.parts.iter().map(|(_, length)| length).sum()
    }

    /// What stands at a place, up to a window of it.
    async fn at(&self, place: u64) -> Result<Bytes, AppError> {
        let mut begin = 0;
        for (object, length) in &self.parts {
            if place < begin + length {
                let from = place - begin;
                let range = from..(from + WINDOW).min(*length);
                let mut pieces = self.storage.read(object, Some(range)).await?.ok_or(AppError::Busy)?;
                let mut window = Vec::new();
                while let Some(piece) = pieces.try_next().await? {
                    window.extend_from_slice(&piece);
                }
                return Ok(window.into());
            }
            begin += length;
        }
        Ok(Bytes::new())
    }
}

/// Reads an upload here and there.
pub struct Reading {
    parts: Parts,
    runtime: Handle,
    place: u64,
    /// What was read last, and where it begins.
    window: (u64, Bytes),
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (begin, window) = &self.window;
        let is_inside = (*begin..begin + window.len() as u64).contains(&self.place);
        if !is_inside {
            let read = self.runtime.block_on(self.parts.at(self.place)).map_err(io::Error::other)?;
            self.window = (self.place, read);
        }
        let (begin, window) = &self.window;
        let rest =
            usize::try_from(self.place - begin).map_or(&[][..], |skip| window.get(skip..).unwrap_or(&[]));
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for Reading {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.parts.length().checked_add_signed(by),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
        };
        self.place = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.place)
    }
}
