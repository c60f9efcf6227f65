package bellframe.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits for submitted batches.
public final class Commits {

    private Commits() {
    }

    /// The batch's outcome, with its failure thrown as it is rather than wrapped.
    public static boolean await(CompletableFuture<Boolean> commit) {
        try {
            return commit.join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case StorageUnavailable unavailable -> throw unavailable;
                case StorageFailure cause ->
                    throw new StorageFailure("the commit failed; whether it is kept is unknown", cause);
                case null, default -> throw failure;
            }
        }
    }
}
