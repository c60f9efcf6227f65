package bellframe.server;

import java.util.List;

/// A stream outside, in a program of somebody else, that can be read, and fail for a while.
interface StreamReceiver extends AutoCloseable {

    /// Starts it. It may be slow.
    void start() throws Exception;

    /// All that it has, in order for each channel.
    List<StreamedRecord> records() throws Exception;

    /// Takes nothing from now on.
    void fail() throws Exception;

    /// Takes what comes again, and has what it had.
    void recover() throws Exception;

    @Override
    void close();
}
