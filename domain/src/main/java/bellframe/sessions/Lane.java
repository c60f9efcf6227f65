package bellframe.sessions;

import java.util.concurrent.Executor;

/// A thread that writes to a share of the connections; tasks run one after another in the order they were handed in.
///
/// The wire side makes one lane per event loop and gives every connection the lane of its loop.
public interface Lane extends Executor {
}
