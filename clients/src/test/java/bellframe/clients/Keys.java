package bellframe.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// Credentials in the variables in which every client finds them.
final class Keys {

    private Keys() {
    }

    /// Those of an IAM user, as CreateAccessKey answers them.
    static Map<String, String> lasting(JsonNode key) {
        return Map.of("AWS_ACCESS_KEY_ID", key.get("AccessKeyId").asText(),
                "AWS_SECRET_ACCESS_KEY", key.get("SecretAccessKey").asText());
    }

    /// Temporary ones, as STS answers them.
    static Map<String, String> temporary(JsonNode credentials) {
        return Map.of("AWS_ACCESS_KEY_ID", credentials.get("AccessKeyId").asText(),
                "AWS_SECRET_ACCESS_KEY", credentials.get("SecretAccessKey").asText(),
                "AWS_SESSION_TOKEN", credentials.get("SessionToken").asText());
    }
}
