package bellframe.names;

import java.util.Optional;

/// The ARN of someone who can act in an app instance: `…:app-instance/<id>/user/<id>`, or `/bot/<id>`.
public record UserArn(AppInstanceArn appInstance, Kind kind, String id) {

    /// The two kinds of actor; they share every role.
    public enum Kind {
        USER("user"),
        BOT("bot");

        private final String segment;

        Kind(String segment) {
            this.segment = segment;
        }
    }

    public static UserArn user(AppInstanceArn appInstance, String id) {
        return new UserArn(appInstance, Kind.USER, id);
    }

    public static UserArn bot(AppInstanceArn appInstance, String id) {
        return new UserArn(appInstance, Kind.BOT, id);
    }

    /// Empty if the text is not exactly a user's or a bot's ARN.
    public static Optional<UserArn> parse(String text) {
        return AppInstanceArn.ResourcePath.parse(text).flatMap(UserArn::of);
    }

    private static Optional<UserArn> of(AppInstanceArn.ResourcePath path) {
        return switch (path.kind()) {
            case "user" -> Optional.of(new UserArn(path.appInstance(), Kind.USER, path.id()));
            case "bot" -> Optional.of(new UserArn(path.appInstance(), Kind.BOT, path.id()));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return appInstance + "/" + kind.segment + '/' + id;
    }
}
