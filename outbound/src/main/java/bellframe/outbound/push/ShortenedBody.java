package bellframe.outbound.push;

import bellframe.outbox.DeliveryFailed;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Shortens the body of a notification that is longer than a service takes.
public final class ShortenedBody {

    private static final String ELLIPSIS = "\u2026";

    private ShortenedBody() {
    }

    /// What is made with as much of the body as there is room for. Characters are not broken up, and an ellipsis tells that
    /// something is missing.
    ///
    /// @param size of what was made, which rises with the body's length
    /// @throws DeliveryFailed for good if there is too much even without the body
    public static <P> P fit(@Nullable String body, int max, Function<@Nullable String, P> making, ToIntFunction<P> size)
            throws DeliveryFailed {
        P whole = making.apply(body);
        if (size.applyAsInt(whole) <= max) {
            return whole;
        }
        P without = making.apply(null);
        if (body == null || size.applyAsInt(without) > max) {
            throw DeliveryFailed.permanentFailure("the notification is longer than the push service takes");
        }
        int fits = -1;
        int tooMany = body.codePointCount(0, body.length());
        P best = without;
        while (tooMany - fits > 1) {
            int tried = (fits + tooMany) >>> 1;
            P made = making.apply(body.substring(0, body.offsetByCodePoints(0, tried)) + ELLIPSIS);
            if (size.applyAsInt(made) <= max) {
                fits = tried;
                best = made;
            } else {
                tooMany = tried;
            }
        }
        return best;
    }
}
