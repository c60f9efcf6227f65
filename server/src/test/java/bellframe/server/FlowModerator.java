package bellframe.server;

import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.lambda.LambdaServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChimeSdkMessagingException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;

/// The processors of all flows of a campaign: they fail some invocations, call back for others before, after or long after
/// they have answered, some twice, and deny some. Whatever they decide for a callback id they stay with.
final class FlowModerator implements AutoCloseable {

    /// What is to become of a message after one processor's turn.
    ///
    /// @param turn from 1 on
    /// @param turns how many processors the flow has
    record Decision(
            String callbackId,
            String channel,
            String messageId,
            FlowMessage.Version version,
            String asked,
            int turn,
            int turns,
            boolean deny,
            String content) {

        boolean isFirst() {
            return turn == 1;
        }

        boolean isLast() {
            return turn == turns;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FUNCTION = Pattern.compile(".*function:.*-(?<turn>\\d)-of-(?<turns>\\d)/invocations");
    private static final int CLIENT_ERROR = 400;

    private final LambdaServer server = new LambdaServer();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, Decision> decisions = new ConcurrentHashMap<>();
    private final Map<String, Decision> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Decision> late = new ConcurrentLinkedQueue<>();
    /// The messages of each channel in the order in which they came to the first processor.
    private final Map<String, List<String>> order = new ConcurrentHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger invocations = new AtomicInteger();
    // Guarded by this.
    private final Random random;
    private volatile @Nullable SdkClients clients;
    private volatile Semaphore room = new Semaphore(0);
    private volatile boolean behaving;

    FlowModerator(long seed) {
        this.random = new Random(seed);
        server.reply(this::invoked);
    }

    String url() {
        return server.url().toString();
    }

    /// The name of a function for one turn in a flow.
    static String function(int flow, int turn, int turns) {
        return "flow-%d-%d-of-%d".formatted(flow, turn, turns);
    }

    /// Calls back there from now on, also for what it was late with.
    ///
    /// @param permits gets one for each message that comes for the first time
    void use(SdkClients present, Semaphore permits) {
        clients = present;
        room = permits;
        for (Decision decision = late.poll(); decision != null; decision = late.poll()) {
            soon(decision);
        }
    }

    /// Fails, denies and delays nothing any more.
    void behave() {
        behaving = true;
    }

    /// Whether all have been called back for that are to be.
    boolean isIdle() {
        return underWay.get() == 0 && late.isEmpty();
    }

    List<Decision> decisions() {
        return List.copyOf(decisions.values());
    }

    /// Those that the server has taken.
    List<Decision> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    Map<String, List<String>> order() {
        return order;
    }

    int invocations() {
        return invocations.get();
    }

    /// What must not have happened.
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void invoked(Received request, Answering answering) throws IOException {
        underWay.incrementAndGet();
        try {
            invocations.incrementAndGet();
            Decision decision = decision(request);
            choose(decision).to(request, answering);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Decision decision(Received request) {
        Matcher function = FUNCTION.matcher(URLDecoder.decode(request.rawPath(), StandardCharsets.UTF_8));
        if (!function.matches()) {
            throw new AssertionError(request.rawPath());
        }
        JsonNode event = json(request);
        String content = event.at("/ChannelMessage/Content").textValue();
        int turn = Integer.parseInt(function.group("turn"));
        int lot = lot(100);
        var decided = new Decision(event.path("CallbackId").textValue(),
                event.at("/ChannelMessage/ChannelArn").textValue(), event.at("/ChannelMessage/MessageId").textValue(),
                FlowMessage.Version.in(content), content, turn, Integer.parseInt(function.group("turns")),
                !behaving && lot < 10, lot < 30 ? content : content + "|" + turn + "." + lot);
        note(decided);
        Decision earlier = decisions.putIfAbsent(decided.callbackId(), decided);
        if (earlier != null && !earlier.asked().equals(content)) {
            problems.add("the same callback id came with " + earlier + " and " + decided);
        }
        return earlier == null ? decided : earlier;
    }

    private void note(Decision decision) {
        if (decision.isFirst() && decision.version().edit() == 0) {
            List<String> messages = order.computeIfAbsent(decision.channel(), _ -> new ArrayList<>());
            synchronized (messages) {
                if (!messages.contains(decision.messageId())) {
                    messages.add(decision.messageId());
                    room.release();
                }
            }
        }
    }

    private Reply choose(Decision decision) {
        int lot = behaving ? 100 : lot(100);
        if (lot < 7) {
            return LambdaServer.error(429, "TooManyRequestsException", lot < 3 ? Map.of("Retry-After", "1") : Map.of());
        } else if (lot < 12) {
            return LambdaServer.error(500, "ServiceException");
        } else if (lot < 16) {
            return LambdaServer.error(404, "ResourceNotFoundException");
        } else if (lot < 40) {
            return (request, answering) -> {
                LambdaServer.accepted().to(request, answering);
                late.add(decision);
            };
        } else if (lot < 65) {
            return (request, answering) -> {
                LambdaServer.accepted().to(request, answering);
                soon(decision);
            };
        }
        return (request, answering) -> {
            callBack(decision);
            if (lot < 75) {
                callBack(decision);
            }
            LambdaServer.accepted().to(request, answering);
        };
    }

    private void soon(Decision decision) {
        underWay.incrementAndGet();
        threads.execute(() -> {
            try {
                callBack(decision);
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private void callBack(Decision decision) {
        try {
            if (tell(decision) && acknowledged.put(decision.callbackId(), decision) != null) {
                problems.add(decision + " was taken twice");
            }
        } catch (SdkClientException | IllegalStateException killed) {
            // The latter from the client of a server that was killed, closed between being chosen and being used.
            late.add(decision);
        } catch (ConflictException | ForbiddenException over) {
            // It was taken before, or the fallback came before it.
        } catch (ChimeSdkMessagingException busy) {
            if (busy.statusCode() == CLIENT_ERROR) {
                problems.add(decision + " was refused: " + busy.getMessage());
            } else {
                late.add(decision);
            }
        }
    }

    /// @return false if there is no server
    private boolean tell(Decision decision) {
        SdkClients present = clients;
        if (present == null) {
            late.add(decision);
            return false;
        }
        present.messaging()
                .channelFlowCallback(callback -> callback.callbackId(decision.callbackId())
                        .channelArn(decision.channel())
                        .deleteResource(decision.deny())
                        .channelMessage(message -> {
                            message.messageId(decision.messageId());
                            if (!decision.deny()) {
                                message.content(decision.content());
                            }
                        }));
        return true;
    }

    private synchronized int lot(int bound) {
        return random.nextInt(bound);
    }

    private static JsonNode json(Received request) {
        try {
            return JSON.readTree(request.text());
        } catch (JsonProcessingException problem) {
            throw new AssertionError(problem);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.close();
    }
}
