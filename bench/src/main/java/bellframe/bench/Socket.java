package bellframe.bench;

import bellframe.sessions.CloseReason;
import bellframe.sessions.Connection;
import bellframe.sessions.Frame;
import bellframe.sessions.Lane;

/// Where the frames of all connections end: they are counted and gone. The lane has no thread of its own, so those who tell
/// it something must do so one after the other.
final class Socket {

    private final Lane lane = Runnable::run;
    private long frames;

    long frames() {
        return frames;
    }

    /// One more client.
    Connection connection() {
        return new Client();
    }

    private final class Client implements Connection {

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void send(Frame frame) {
            frames++;
        }

        @Override
        public void send(Frame frame, Runnable left) {
            frames++;
            left.run();
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close(CloseReason reason) {
            throw new IllegalStateException("closed: " + reason.text());
        }
    }
}
