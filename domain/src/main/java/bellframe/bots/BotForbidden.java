package bellframe.bots;

/// A bot does not let itself be asked by this server, which clients are told apart from other failures.
public final class BotForbidden extends Exception {

    private static final long serialVersionUID = 1;

    /// @param reason fit for logs and alerts
    public BotForbidden(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
