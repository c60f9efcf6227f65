package bellframe.server.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/// What a request came to.
///
/// @param error what `x-amzn-ErrorType` names; empty for a success
/// @param code the body's Code; empty if it has none
/// @param message the body's Message; empty if it has none
record Outcome(int status, String error, String code, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Outcome of(HttpResponse<String> answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return new Outcome(answer.statusCode(), answer.headers().firstValue("x-amzn-ErrorType").orElse(""),
                    body.path("Code").asText(), body.path("Message").asText());
        } catch (JsonProcessingException broken) {
            throw new AssertionError("not JSON: " + answer.body(), broken);
        }
    }

    boolean isA(int expectedStatus, String expectedError, String expectedCode) {
        return status == expectedStatus && error.equals(expectedError) && code.equals(expectedCode);
    }
}
