package bellframe.http;

import bellframe.api.InvalidInput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The decoded parameters of a query. None may come twice: of two values the signer may have meant either.
public final class Query {

    private static final Query EMPTY = new Query(Map.of());

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// Takes a query apart.
    ///
    /// @param rawQuery the query as sent, without the question mark
    /// @throws InvalidInput if it is not percent-encoded UTF-8, or has two parameters of one name
    public static Query parse(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return EMPTY;
        }
        var values = new HashMap<String, String>();
        for (int start = 0; start <= rawQuery.length();) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            put(values, rawQuery.substring(start, end));
            start = end + 1;
        }
        return new Query(values);
    }

    private static void put(Map<String, String> values, String parameter) {
        if (parameter.isEmpty()) {
            return;
        }
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        String earlier = values.putIfAbsent(PercentEncoding.decodeQuery(name), PercentEncoding.decodeQuery(value));
        if (earlier != null) {
            throw new InvalidInput("The query holds two parameters of the same name.");
        }
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }
}
