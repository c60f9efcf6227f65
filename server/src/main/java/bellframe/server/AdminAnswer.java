package bellframe.server;

/// What the admin port says.
record AdminAnswer(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    static AdminAnswer text(int status, String line) {
        return new AdminAnswer(status, TEXT, line + "\n");
    }
}
