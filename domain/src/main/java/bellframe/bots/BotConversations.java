package bellframe.bots;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import bellframe.channels.Channel;
import bellframe.channels.ChannelExport;
import bellframe.channels.Channels;
import bellframe.channels.Membership;
import bellframe.channels.Memberships;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceBot;
import bellframe.identity.AppInstanceBots;
import bellframe.identity.Bearer;
import bellframe.messages.BotMessage;
import bellframe.messages.MessageExport;
import bellframe.messages.Messages;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.outbox.Delivery;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.RetryPolicy;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks bots, and sends what they answer to the channel.
///
/// An answer is sent with a request token of its own, so that a question that is asked again after a crash is answered once.
/// Whatever goes wrong outside becomes an answer too, so that nobody waits for a bot in vain.
public final class BotConversations implements Delivery {

    /// Trying for a few seconds, as somebody waits for the answer; what has become old by a stop of the server is not asked.
    private static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(2), 4,
            Duration.ofSeconds(5), Duration.ofMinutes(15), 1_000_000, 256, 16);
    /// The limit of Lex.
    private static final int TEXT_MAX = 1_024;

    private final AppInstanceBots bots;
    private final Actors actors;
    private final Channels channels;
    private final Memberships memberships;
    private final Messages messages;
    private final @Nullable BotRuntimes runtimes;
    private final Alerts alerts;

    /// @param runtimes null if nothing answers for bots
    public BotConversations(AppInstanceBots bots, Actors actors, Channels channels, Memberships memberships,
            Messages messages,
            @Nullable BotRuntimes runtimes, Alerts alerts) {
        this.bots = bots;
        this.actors = actors;
        this.channels = channels;
        this.memberships = memberships;
        this.messages = messages;
        this.runtimes = runtimes;
        this.alerts = alerts;
    }

    /// Has the outbox ask bots this way.
    public void handleIn(Outbox outbox) {
        outbox.handle(OutboxKind.BOT, POLICY, this);
    }

    /// What a bot is asked.
    ///
    /// @param token under which it answers
    /// @param asker whose conversation it is
    /// @param message what it is to answer; null for its welcome
    private record Turn(
            AppInstanceBot bot,
            ChannelArn channel,
            String token,
            UserArn asker,
            @Nullable MessageSnapshot message) {

        /// Only whoever sees the message sees the answer.
        @Nullable
        UserArn answerTo() {
            return message == null || message.target() == null ? null : asker;
        }
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        Turn turn = turn(entry);
        if (turn == null) {
            return;
        }
        if (runtimes == null) {
            throw DeliveryFailed.permanentFailure("nothing answers for bots any more");
        }
        if (turn.message() != null && isTooLong(turn.message())) {
            fail(turn, BotAnswers.SERVICE_FAILURE, "Input exceeds the Lex limit of " + TEXT_MAX + " characters");
            return;
        }
        try {
            BotReply reply = ask(runtimes, turn);
            if (reply != null) {
                answer(turn, reply);
            }
        } catch (BotForbidden forbidden) {
            fail(turn, BotAnswers.FORBIDDEN, forbidden.reason());
        }
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        Turn turn = turn(entry);
        if (turn != null) {
            fail(turn, BotAnswers.SERVICE_FAILURE, reason);
        }
    }

    /// Null if it has become pointless: the bot was deleted or has left, or the channel is gone.
    private @Nullable Turn turn(OutboxEntry entry) {
        AppInstanceBot bot = bots.find(BotLanes.bot(entry));
        if (bot == null) {
            return null;
        }
        Membership membership = memberships.find(entry.channel(), bot.arn());
        if (membership == null) {
            return null;
        }
        Turn turn = ChannelExport.isIn(entry.subject())
                ? new Turn(bot, ChannelExport.read(entry.subject()).channel(), "welcome-" + entry.number().micros(),
                        membership.invitedBy(), null)
                : answering(bot, MessageExport.read(entry.subject()));
        Channel channel = channels.find(turn.channel());
        return channel == null || !channel.incarnation().equals(entry.channel()) ? null : turn;
    }

    private Turn answering(AppInstanceBot bot, MessageExport export) {
        MessageSnapshot message = export.snapshot(actors.identity(export.sender()));
        return new Turn(bot, export.channel(), "answer-" + message.messageId(), export.sender(), message);
    }

    private static boolean isTooLong(MessageSnapshot message) {
        String text = message.content();
        return text != null && text.codePointCount(0, text.length()) > TEXT_MAX;
    }

    /// Null if there is nothing to be asked any more.
    private static @Nullable BotReply ask(BotRuntimes runtimes, Turn turn) throws DeliveryFailed, BotForbidden {
        BotRuntimes.Question question = question(turn);
        MessageSnapshot message = turn.message();
        if (message != null) {
            String text = message.content();
            return text == null ? null : runtimes.recognize(question, text);
        }
        String intent = turn.bot().lex().welcomeIntent();
        return intent == null ? null : runtimes.start(question, intent);
    }

    private static BotRuntimes.Question question(Turn turn) {
        AppInstanceBot.Lex lex = turn.bot().lex();
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("CHIME.channel.arn", turn.channel().toString());
        if (turn.message() != null) {
            attributes.put("CHIME.sender.arn", turn.asker().toString());
        }
        return new BotRuntimes.Question(turn.token() + '-' + turn.bot().arn().id(), lex.botAliasArn(), lex.localeId(),
                BotAnswers.sessionId(turn.channel(), turn.asker()), attributes);
    }

    private void answer(Turn turn, BotReply reply) {
        String messageId = turn.message() == null ? null : turn.message().messageId();
        try {
            say(turn, BotAnswers.success(reply, messageId, turn.answerTo()));
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.INVALID_INPUT) {
                throw refused;
            }
            fail(turn, BotAnswers.SERVICE_FAILURE, "the answer is larger than a message may be");
        }
    }

    private void fail(Turn turn, int code, String reason) {
        say(turn, BotAnswers.failure(code, turn.answerTo()));
        alerts.raise(new Alert("Chime Messaging AppInstanceBot Lex Failure",
                Map.of("resourceArn", turn.bot().arn().toString(), "failureReason", reason)));
    }

    /// Says nothing if it was said before, or may not be said any more.
    private void say(Turn turn, BotMessage message) {
        AppInstanceBot bot = turn.bot();
        try {
            messages.say(new Bearer(bot.arn(), bot.name()), turn.channel().toString(), message, turn.token());
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.CONFLICT && refused.refusal() != Refusal.NOT_ALLOWED) {
                throw refused;
            }
        }
    }
}
