package bellframe.outbound.fcm;

import bellframe.outbound.calls.Answer;
import bellframe.outbound.json.JsonValue;
import bellframe.outbound.push.ServiceRefusal;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.PushServices.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/// What answers of FCM mean. An error names a code of FCM in one of its details, beside the status of Google's APIs.
final class FcmAnswer {

    private static final int OTHER_SENDER = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private static final Pattern CODE = Pattern.compile("[A-Z_]{1,100}");

    private FcmAnswer() {
    }

    static Outcome outcome(Answer answer, Instant now) throws DeliveryFailed {
        if (answer.successful()) {
            return Outcome.TAKEN;
        }
        JsonValue error = JsonValue.parse(answer.body()).orElse(JsonValue.Bare.NULL).get("error");
        String code = code(error);
        if (isOfDevice(answer.status(), code, error)) {
            return Outcome.INVALID_DEVICE;
        }
        String reason = "FCM answered " + answer.status() + (code.isEmpty() ? "" : " " + code);
        throw ServiceRefusal.of(reason, answer, now);
    }

    private static boolean isOfDevice(int status, String code, JsonValue error) {
        return switch (code) {
            case "UNREGISTERED" -> status == NOT_FOUND;
            case "SENDER_ID_MISMATCH" -> status == OTHER_SENDER;
            case "INVALID_ARGUMENT" -> status == BAD_REQUEST && namesToken(error);
            default -> false;
        };
    }

    private static String code(JsonValue error) {
        return error.get("details")
                .items()
                .stream()
                .map(detail -> detail.get("errorCode").text())
                .filter(Objects::nonNull)
                .filter(code -> CODE.matcher(code).matches())
                .findFirst()
                .orElseGet(() -> status(error));
    }

    private static String status(JsonValue error) {
        String status = error.get("status").text();
        return status != null && CODE.matcher(status).matches() ? status : "";
    }

    /// FCM tells which field it means in a detail of its own, or only in words.
    private static boolean namesToken(JsonValue error) {
        boolean violated = error.get("details")
                .items()
                .stream()
                .flatMap(detail -> detail.get("fieldViolations").items().stream())
                .anyMatch(violation -> "message.token".equals(violation.get("field").text()));
        String message = error.get("message").text();
        return violated || (message != null && message.contains("registration token"));
    }
}
