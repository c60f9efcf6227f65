package bellframe.http;

/// The second word of a request line, taken apart but not decoded.
///
/// @param path without scheme and authority, which proxies' clients put before it
/// @param query without the question mark; empty when there is none
record RequestTarget(String path, String query) {

    static RequestTarget parse(String target) {
        String local = withoutAuthority(target);
        int question = local.indexOf('?');
        return question < 0
                ? new RequestTarget(local, "")
                : new RequestTarget(local.substring(0, question), local.substring(question + 1));
    }

    private static String withoutAuthority(String target) {
        int scheme = schemeLength(target);
        if (scheme == 0) {
            return target;
        }
        int at = scheme;
        while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
            at++;
        }
        String local = target.substring(at);
        return local.startsWith("/") ? local : "/" + local;
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
