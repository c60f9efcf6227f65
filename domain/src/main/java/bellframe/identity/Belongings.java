package bellframe.identity;

import bellframe.names.UserArn;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What users or bots have elsewhere, and what is to be done about it when one of them is deleted.
///
/// What is told at once runs on the thread that deletes, after the fact is durable, and must be short. What is removed
/// later runs with the purge, and may run again for the same deletion after a crash.
public final class Belongings {

    private final List<Consumer<UserArn>> atOnce = new CopyOnWriteArrayList<>();
    private final List<Consumer<UserArn>> later = new CopyOnWriteArrayList<>();

    public void atOnce(Consumer<UserArn> action) {
        atOnce.add(action);
    }

    public void later(Consumer<UserArn> removal) {
        later.add(removal);
    }

    void left(UserArn actor) {
        atOnce.forEach(action -> action.accept(actor));
    }

    void remove(UserArn actor) {
        later.forEach(removal -> removal.accept(actor));
    }
}
