package bellframe.http;

import java.util.Map;

/// Where a request leads: its endpoint and the decoded labels of its path.
record Route(Endpoint<?> endpoint, Map<String, String> labels) {
}
