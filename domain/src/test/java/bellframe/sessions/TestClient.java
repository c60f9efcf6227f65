package bellframe.sessions;

/// A client whose network takes at once what it is sent.
abstract class TestClient implements Connection {

    private final Lane lane;

    TestClient(Lane lane) {
        this.lane = lane;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public void send(Frame frame, Runnable left) {
        send(frame);
        left.run();
    }

    @Override
    public void flush() {
        // Sent is flushed.
    }
}
