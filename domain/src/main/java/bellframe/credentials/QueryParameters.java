package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The parameters of a query in the order and spelling in which they came.
record QueryParameters(List<Parameter> parameters) {

    static final String SIGNATURE = "X-Amz-Signature";
    private static final Comparator<Parameter> CANONICAL_ORDER = Comparator.comparing(Parameter::name)
            .thenComparing(Parameter::value);

    /// A name and a value, both percent-encoded.
    private record Parameter(String name, String value) {

        static Parameter parse(String part) {
            int equals = part.indexOf('=');
            return equals < 0
                    ? new Parameter(part, "")
                    : new Parameter(part.substring(0, equals), part.substring(equals + 1));
        }

        boolean is(String decodedName) {
            return PercentEncoding.decode(name).equals(decodedName);
        }

        Parameter spelled(UnaryOperator<String> spelling) {
            return new Parameter(spelling.apply(name), spelling.apply(value));
        }
    }

    static QueryParameters parse(String rawQuery) {
        var parameters = new ArrayList<Parameter>();
        int start = 0;
        while (start < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            if (end > start) {
                parameters.add(Parameter.parse(rawQuery.substring(start, end)));
            }
            start = end + 1;
        }
        return new QueryParameters(parameters);
    }

    /// The decoded value of the one parameter of this name, or null when there is none.
    ///
    /// @throws Refused if there are several
    @Nullable
    String find(String name) {
        @Nullable
        String found = null;
        for (Parameter parameter : parameters) {
            if (parameter.is(name)) {
                if (found != null) {
                    throw new Refused(Refusal.INCOMPLETE_SIGNATURE,
                            "AWS query-string parameters must include '" + name + "' only once.");
                }
                found = PercentEncoding.decode(parameter.value());
            }
        }
        return found;
    }

    /// The canonical query string: everything but the signature, in the given spelling, sorted by name, then value.
    String canonical(UnaryOperator<String> spelling) {
        List<Parameter> sorted = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            if (!parameter.is(SIGNATURE)) {
                sorted.add(parameter.spelled(spelling));
            }
        }
        sorted.sort(CANONICAL_ORDER);
        var canonical = new StringBuilder();
        for (Parameter parameter : sorted) {
            canonical.append(canonical.isEmpty() ? "" : "&")
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.value());
        }
        return canonical.toString();
    }
}
