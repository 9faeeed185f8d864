//! How a list of words is declared: once, with all that is made of it.

/// A word that is not in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord;

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not one of the words")
    }
}

impl std::error::Error for UnknownWord {}

/// Declares a list of words as an enum: `Variant = "word"`, for lists with titles `Variant = "word", "Title"`. Of it come `ALL`,
/// `word`, `title`, `FromStr` and the form in files. After `: Choice` a line may say `=> "what it means"`: such words may be in
/// a topology, and `CHOICES` lists them for the schema; `since` and `until` after it name the releases that have the word, and
/// `if test` says that only unit tests have it. A word with `if test` is last: a stored row holds the number of a word, and the
/// build script has no such word.
macro_rules! words {
    (
        $(#[doc = $about:literal])*
        pub enum $name:ident: Choice {
            $(
                $(#[doc = $doc:literal])*
                $variant:ident = $word:literal $(, $title:literal)?
                    $(=> $meaning:literal $(since $since:ident)? $(until $until:ident)? $(if $cfg:ident)?)?;
            )*
        }
    ) => {
        words! {
            $(#[doc = $about])*
            pub enum $name {
                $($(#[doc = $doc])* $(#[doc = $meaning])? $($(#[cfg($cfg)])?)? $variant = $word $(, $title)?;)*
            }
        }

        impl $name {
            /// The words that may be in a topology.
            pub const CHOICES: &'static [Choice] = &[
                $($(
                    $(#[cfg($cfg)])?
                    Choice {
                        word: $word,
                        doc: $meaning,
                        releases: Releases::ALL$(.since(Product::$since))?$(.until(Product::$until))?,
                    },
                )?)*
            ];
        }
    };
    (
        $(#[doc = $about:literal])*
        pub enum $name:ident {
            $($(#[doc = $doc:literal])* $(#[cfg($cfg:meta)])? $variant:ident = $word:literal, $title:literal;)*
        }
    ) => {
        words! {
            $(#[doc = $about])*
            pub enum $name {
                $($(#[doc = $doc])* $(#[cfg($cfg)])? $variant = $word;)*
            }
        }

        impl $name {
            /// The name that people read.
            pub const fn title(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? Self::$variant => $title,)*
                }
            }
        }
    };
    (
        $(#[doc = $about:literal])*
        pub enum $name:ident {
            $($(#[doc = $doc:literal])* $(#[cfg($cfg:meta)])? $variant:ident = $word:literal;)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: [Self; [$($(#[cfg($cfg)])? $word),*].len()] = [$($(#[cfg($cfg)])? Self::$variant),*];

            /// The word in topologies and catalogues.
            pub const fn word(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? Self::$variant => $word,)*
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::product::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($(#[cfg($cfg)])? $word => Ok(Self::$variant),)*
                    _ => Err($crate::product::UnknownWord),
                }
            }
        }
    };
}

pub(super) use words;

#[cfg(test)]
mod tests {
    use crate::product::{Feature, Product, UnknownWord};

    #[test]
    fn a_word_is_read_as_it_is_written() {
        for feature in Feature::ALL {
            assert_eq!(feature.word().parse(), Ok(feature));
            assert_eq!(serde_json::to_value(feature).ok(), Some(feature.word().into()));
        }
        assert_eq!("ocs_2006".parse::<Product>(), Err(UnknownWord));
    }

    #[test]
    fn every_choice_is_a_word_of_its_list() {
        assert!(Feature::CHOICES.iter().all(|choice| choice.word.parse::<Feature>().is_ok()));
        assert!(Feature::CHOICES.iter().all(|choice| choice.word != Feature::ImPresence.word()));
    }
}
