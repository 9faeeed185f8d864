//! The shapes of boxes, drawn with paths in a square of 24 by 24: what is drawn as lines, and what is filled.

use crate::diagram::Icon;

/// The lines and the filled parts of an icon, as SVG path data.
pub(super) fn paths(icon: Icon) -> (&'static str, &'static str) {
    match icon {
        Icon::Internet => ("M7 18h10a4 4 0 0 0 .6-7.95A5.5 5.5 0 0 0 7.1 9.1 4.5 4.5 0 0 0 7 18z", ""),
        Icon::People => (
            "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3.2 19.5c0-3.4 2.6-5.5 5.8-5.5s5.8 2.1 5.8 5.5zM16 11.2a2.6 2.6 0 1 0 0-5.2M17.2 14.2c2.2.5 3.6 2.3 3.6 5.3",
            "",
        ),
        Icon::Partner => ("M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3", "M16 12h1.6v1.6H16zM16 16h1.6v1.6H16z"),
        Icon::PublicIm => ("M3 4h12v8H8.5L5.5 15v-3H3zM18 8.5h3v8h-2v3l-3-3h-6v-1.5", ""),
        Icon::Service => ("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-4.6 5-4.6 13 0 18M12 3c4.6 5 4.6 13 0 18", ""),
        Icon::Firewall => {
            ("M3 5h18v14H3zM3 9.7h18M3 14.3h18M9 5v4.7M15 5v4.7M6 9.7v4.6M12 9.7v4.6M18 9.7v4.6M9 14.3V19M15 14.3V19", "")
        }
        Icon::Network => ("M2 12h20M6 12v4.5M12 12V7.5M18 12v4.5", "M3.5 16.5h5v4h-5zM9.5 3.5h5v4h-5zM15.5 16.5h5v4h-5z"),
        Icon::Console => ("M3 5h18v11H3zM8.5 20h7M12 16v4M7 8.5l2.5 2L7 12.5M12 12.5h4.5", ""),
        Icon::Wan => ("M2 8h9l-4 8h15", "M2 6h3v4H2zM19 14h3v4h-3z"),
        Icon::Balancer => {
            ("M2 12h7M9 12l8.5-7M9 12h11M9 12l8.5 7M14.5 4.2l3.4.4.2 3.4M17.5 9.5L20 12l-2.5 2.5M18.1 16l-.2 3.4-3.4.4", "")
        }
        Icon::Pool => {
            ("M4 3.5h16v5H4zM4 9.5h16v5H4zM4 15.5h16v5H4zM12 6h5M12 12h5M12 18h5", "M6.5 5h2v2h-2zM6.5 11h2v2h-2zM6.5 17h2v2h-2z")
        }
        Icon::Server => ("M7 2.5h10v19H7zM9.5 6h5M9.5 9h5", "M11 16.5h2v2h-2z"),
        Icon::Director => ("M3 3h8v18H3zM5 6.5h4M5 9.5h4M13.5 8H21M18 5l3 3-3 3M13.5 16H21M18 13l3 3-3 3", ""),
        Icon::Edge => (
            "M12 2.5l8 3v6c0 5-3.5 8.3-8 10-4.5-1.7-8-5-8-10v-6zM7.5 11.5h9M12 7c-2.8 2.8-2.8 6.4 0 9.2 2.8-2.8 2.8-6.4 0-9.2z",
            "",
        ),
        Icon::Proxy => ("M9 3.5h6v17H9zM2 9h5M5 7l2 2-2 2M17 9h5M20 7l2 2-2 2M22 15h-5M19 13l-2 2 2 2M7 15H2M4 13l-2 2 2 2", ""),
        Icon::Mediation => ("M4 3h8v18H4zM6 6.5h4M6 9.5h4M14.5 9c2 1.7 2 4.3 0 6M17.5 6.5c3.7 3 3.7 8 0 11", ""),
        Icon::Gateway => ("M2.5 7.5h19v8h-19zM7 15.5V19M12 15.5V19M17 15.5V19M6 11.5h6M15 9.8l2.8 1.7-2.8 1.7", ""),
        Icon::Telephone => (
            "M6.5 3.5l3 5-2 2c1 2.5 3.2 4.7 5.7 5.7l2-2 5 3c0 2.3-1.5 3.3-3.6 3.3C9.2 20.5 3.8 15 3.5 7.2 3.5 5 4.4 3.5 6.5 3.5z",
            "",
        ),
        Icon::Voicemail => (
            "M6.5 8.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM17.5 8.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM6.5 16.1h11",
            "",
        ),
        Icon::Archive => ("M3 4h18v5H3zM5 9v11h14V9M9.5 13h5", ""),
        Icon::Monitor => ("M3.8 17.5a8.6 8.6 0 1 1 16.4 0zM12 16l4-6.5M12 6.5v1.8M6.5 12l1.7.8M17.5 12l-.6.3", ""),
        Icon::Browser => ("M3 4h18v16H3zM3 8.5h18M7 13h10M7 16.5h6", "M5 5.5h1.5V7H5zM8 5.5h1.5V7H8z"),
        Icon::Database => (
            "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
            "",
        ),
        Icon::Folder => ("M3 5.5h6.5l2 2.5H21v11H3z", ""),
        Icon::Directory => ("M12 3.5L21.5 20h-19zM12 9v5M8 20l4-6 4 6", ""),
        Icon::Site => ("M4 21V9l6-4v16M10 21V9h10v12M2 21h20M13 12.5h1.5M16.5 12.5H18M13 16.5h1.5M16.5 16.5H18", ""),
        Icon::Name => ("M3 4h8.5L21 13.5 13.5 21 3 11z", "M6.5 6.5h2.4v2.4H6.5z"),
        Icon::Rules => ("M10 6h11M10 12h11M10 18h11", "M4 4.7h2.6v2.6H4zM4 10.7h2.6v2.6H4zM4 16.7h2.6v2.6H4z"),
    }
}
