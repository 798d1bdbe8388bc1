//! What every number has in common: its text, reading from a string, and how it prints.

/// Writes the common surface of a number that holds its stored form as `self.0: String`.
/// `open` numbers may be shown to anyone; `personal` ones print masked and have no `Display`.
macro_rules! number {
    (@common $name:ident) => {
        impl $name {
            /// The stored form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether a text is already in its stored form, character for character.
            #[must_use]
            pub fn is_stored_form(text: &str) -> bool {
                Self::parse(text).is_ok_and(|number| number.0 == text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::identity::numbers::NumberFault;

            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::identity::numbers::NumberFault;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    };
    (open $name:ident) => {
        number!(@common $name);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
    (personal $name:ident, $mask:path) => {
        number!(@common $name);

        impl $name {
            /// For lists and logs: enough to recognise one's own, not enough to use.
            #[must_use]
            pub fn masked(&self) -> String {
                $mask(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.masked())
            }
        }
    };
}

pub(super) use number;
