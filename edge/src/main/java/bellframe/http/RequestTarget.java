package bellframe.http;

import org.jspecify.annotations.Nullable;

/// The second word of a request line, taken apart but not decoded.
///
/// @param authority the host and port that proxies' clients put before the path; null when there is none
/// @param path without scheme and authority
/// @param query without the question mark; empty when there is none
record RequestTarget(@Nullable String authority, String path, String query) {

    static RequestTarget parse(String target) {
        int scheme = schemeLength(target);
        if (scheme == 0) {
            return local(null, target);
        }
        int end = scheme;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String rest = target.substring(end);
        return local(target.substring(scheme, end), rest.startsWith("/") ? rest : "/" + rest);
    }

    private static RequestTarget local(@Nullable String authority, String target) {
        int question = target.indexOf('?');
        return question < 0
                ? new RequestTarget(authority, target, "")
                : new RequestTarget(authority, target.substring(0, question), target.substring(question + 1));
    }

    private static int schemeLength(String target) {
        for (String scheme : new String[]{"http://", "https://"}) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return 0;
    }
}
