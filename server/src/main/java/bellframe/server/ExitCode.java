package bellframe.server;

/// How the process ends.
enum ExitCode {
    DONE(0),
    FAILED(1),
    WRONG_USAGE(2),
    PORT_TAKEN(3),
    FOLDER_LOCKED(4);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
