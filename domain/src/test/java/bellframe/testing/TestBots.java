package bellframe.testing;

import bellframe.bots.BotForbidden;
import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes;
import bellframe.outbox.DeliveryFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Bots that note what they are asked and answer what they are told to.
public final class TestBots implements BotRuntimes {

    /// One question, which was asked or begun.
    ///
    /// @param text of the message, or the name of the intent
    public record Asked(Question question, String text, boolean begun) {
    }

    /// How a bot answers.
    @FunctionalInterface
    public interface Answering {
        BotReply answer(Asked asked) throws DeliveryFailed, BotForbidden;
    }

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private volatile Answering answering = TestBots::echo;

    /// Repeats what was said.
    private static BotReply echo(Asked asked) {
        return new BotReply("[{\"Content\":\"" + asked.text() + "\",\"ContentType\":\"PlainText\"}]", "Echo",
                "Fulfilled",
                null, asked.question().sessionId());
    }

    /// Answers so from now on; null ends that.
    public void answerWith(@Nullable Answering newAnswering) {
        answering = newAnswering == null ? TestBots::echo : newAnswering;
    }

    @Override
    public BotReply recognize(Question question, String text) throws DeliveryFailed, BotForbidden {
        return ask(new Asked(question, text, false));
    }

    @Override
    public BotReply start(Question question, String intent) throws DeliveryFailed, BotForbidden {
        return ask(new Asked(question, intent, true));
    }

    private BotReply ask(Asked one) throws DeliveryFailed, BotForbidden {
        asked.add(one);
        return answering.answer(one);
    }

    /// The next question, which must come within 10 s.
    public Asked next() throws InterruptedException {
        Asked next = asked.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no bot was asked");
        }
        return next;
    }

    /// All questions that [#next()] has not returned.
    public List<Asked> all() {
        var all = new ArrayList<Asked>();
        asked.drainTo(all);
        return all;
    }

    /// Whether nothing was asked that [#next()] has not returned.
    public boolean isQuiet() {
        return asked.isEmpty();
    }
}
