package bellframe.credentials;

import bellframe.policy.PolicyContext;
import java.time.Instant;
import java.util.List;

/// What policies may ask about a request whoever makes it: where it comes from, and when.
public record Circumstances(Origin origin, Instant now) implements PolicyContext {

    @Override
    public List<String> values(String key) {
        return switch (key) {
            case "aws:sourceip" -> List.of(origin.address());
            case "aws:securetransport" -> List.of(Boolean.toString(origin.secure()));
            case "aws:useragent" -> PolicyContext.value(origin.userAgent());
            case "aws:currenttime" -> List.of(now.toString());
            case "aws:epochtime" -> List.of(Long.toString(now.getEpochSecond()));
            default -> List.of();
        };
    }
}
