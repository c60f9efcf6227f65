package bellframe.http;

import bellframe.api.InvalidInput;
import bellframe.api.Operation;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the operation of a request by method, raw path and the query parameters that models fix.
///
/// The path is taken apart before it is decoded, since ARNs arrive with their slashes as `%2F`.
final class Router {

    private final Node root = new Node();

    /// @param endpoints of two that want the same requests, the first wins
    Router(List<? extends Endpoint<?>> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint<?> endpoint) {
        Operation<?, ?, ?> operation = endpoint.operation();
        Node node = root;
        for (String segment : operation.path()) {
            node = isLabel(segment) ? node.labelChild() : node.literalChild(segment);
        }
        node.methods.computeIfAbsent(operation.method(), _ -> new Choice()).add(endpoint);
    }

    private static boolean isLabel(String segment) {
        return segment.startsWith("{");
    }

    /// @param rawPath the path as sent, percent-encoded
    /// @throws Refused if no operation has this method and path
    /// @throws InvalidInput if a label is not percent-encoded UTF-8
    Route find(String method, String rawPath, Query query) {
        if (rawPath.startsWith("/")) {
            List<String> segments = segments(rawPath);
            Endpoint<?> endpoint = root.find(segments, 0, method, query);
            if (endpoint != null) {
                return new Route(endpoint, labels(endpoint.operation().path(), segments));
            }
        }
        throw new Refused(Refusal.UNKNOWN_OPERATION);
    }

    /// What lies behind each slash.
    private static List<String> segments(String rawPath) {
        var segments = new ArrayList<String>();
        int start = 1;
        for (int slash = rawPath.indexOf('/', start); slash >= 0; slash = rawPath.indexOf('/', start)) {
            segments.add(rawPath.substring(start, slash));
            start = slash + 1;
        }
        segments.add(rawPath.substring(start));
        return segments;
    }

    private static Map<String, String> labels(List<String> path, List<String> segments) {
        var labels = new HashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            String name = path.get(i);
            if (isLabel(name)) {
                labels.put(name.substring(1, name.length() - 1), PercentEncoding.decodeSegment(segments.get(i)));
            }
        }
        return labels;
    }

    /// All paths that start with the same segments.
    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Choice> methods = new HashMap<>();
        private @Nullable Node label;

        Node literalChild(String segment) {
            return literals.computeIfAbsent(segment, _ -> new Node());
        }

        Node labelChild() {
            Node child = label;
            if (child == null) {
                child = new Node();
                label = child;
            }
            return child;
        }

        @Nullable
        Endpoint<?> find(List<String> segments, int at, String method, Query query) {
            if (at == segments.size()) {
                Choice choice = methods.get(method);
                return choice == null ? null : choice.pick(query);
            }
            String segment = segments.get(at);
            if (segment.isEmpty()) {
                return null;
            }
            Endpoint<?> found = findBelow(literals.get(segment), segments, at, method, query);
            return found != null ? found : findBelow(label, segments, at, method, query);
        }

        private static @Nullable Endpoint<?> findBelow(
                @Nullable Node child, List<String> segments, int at, String method, Query query) {
            return child == null ? null : child.find(segments, at + 1, method, query);
        }
    }

    /// The operations that share one method and path and differ in a query parameter.
    private static final class Choice {

        private final Map<String, Map<String, Endpoint<?>>> byParameter = new LinkedHashMap<>();
        private final List<Endpoint<?>> plain = new ArrayList<>(1);

        void add(Endpoint<?> endpoint) {
            Operation.FixedQuery fixed = endpoint.operation().fixedQuery();
            if (fixed == null) {
                plain.add(endpoint);
            } else {
                byParameter.computeIfAbsent(fixed.name(), _ -> new HashMap<>()).putIfAbsent(fixed.value(), endpoint);
            }
        }

        /// A selecting parameter with a value that nobody knows selects nothing, not the plain operation.
        @Nullable
        Endpoint<?> pick(Query query) {
            for (var parameter : byParameter.entrySet()) {
                String value = query.get(parameter.getKey());
                if (value != null) {
                    return parameter.getValue().get(value);
                }
            }
            return plain.isEmpty() ? null : plain.getFirst();
        }
    }
}
