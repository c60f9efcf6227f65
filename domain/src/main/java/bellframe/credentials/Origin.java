package bellframe.credentials;

import org.jspecify.annotations.Nullable;

/// Where a request comes from.
///
/// @param address the client's IP address as text
/// @param secure whether it came through TLS
/// @param userAgent what the client calls itself, if it says
public record Origin(String address, boolean secure, @Nullable String userAgent) {
}
