package bellframe.push;

import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device of a user.
///
/// @param resourceArn the ARN of the Pinpoint application that stands for the app on the device
/// @param voipDeviceToken where VOIP notifications go; null if nowhere
/// @param allowed whether the device gets any notifications
public record UserEndpoint(
        UserArn user,
        String id,
        @Nullable String name,
        Type type,
        String resourceArn,
        String deviceToken,
        @Nullable String voipDeviceToken,
        boolean allowed,
        State state,
        Instant created,
        Instant updated) {

    public enum Type {
        APNS,
        APNS_SANDBOX,
        GCM
    }

    public enum State {
        ACTIVE,
        INVALID_DEVICE_TOKEN,
        INVALID_PINPOINT_ARN
    }

    UserEndpoint changed(@Nullable String newName, @Nullable Boolean newAllowed, Instant when) {
        return new UserEndpoint(user, id, newName == null ? name : newName, type, resourceArn, deviceToken,
                voipDeviceToken, newAllowed == null ? allowed : newAllowed, state, created, when);
    }

    /// The same, never to get anything again.
    UserEndpoint invalid(Instant when) {
        return new UserEndpoint(user, id, name, type, resourceArn, deviceToken, voipDeviceToken, allowed,
                State.INVALID_DEVICE_TOKEN, created, when);
    }

    /// Whether its user wants notifications there, and the device is known to its service as far as anybody heard.
    boolean takesNotifications() {
        return allowed && state == State.ACTIVE;
    }

    /// Where notifications of a kind go; null if nowhere. Only Apple's devices have a token of its own for calls.
    @Nullable
    String token(boolean voip) {
        return voip && type != Type.GCM ? voipDeviceToken : deviceToken;
    }

    boolean isSameDevice(UserEndpoint other) {
        return type == other.type && resourceArn.equals(other.resourceArn) && deviceToken.equals(other.deviceToken);
    }
}
