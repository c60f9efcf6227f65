package bellframe.server;

import bellframe.outbound.apns.ApnsServer;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.fcm.FcmServer;
import bellframe.outbound.webpush.TestBrowser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceUserEndpointType;

/// A device of an app of its own, whose service does not work until it is told to, and what the device has shown.
abstract class PushedPhone implements AutoCloseable {

    /// What its service does in place of taking a notification.
    enum Fault {
        NONE,
        DOWN,
        THROTTLED,
        BROKEN,
        GARBAGE,
        SILENT,
        BROKEN_OFF,
        NO_TOKENS
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAIT_SECONDS = 40;

    private final Fault fault;
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    /// In the order in which each was shown first.
    private final Set<String> shown = new LinkedHashSet<>();

    private PushedPhone(Fault fault) {
        this.fault = fault;
    }

    /// One for each service, and each way in which it can fail.
    static List<PushedPhone> all() {
        var all = new ArrayList<PushedPhone>();
        for (Fault fault : List.of(Fault.NONE, Fault.THROTTLED, Fault.BROKEN, Fault.GARBAGE, Fault.SILENT,
                Fault.BROKEN_OFF, Fault.NO_TOKENS)) {
            all.add(new Android(fault));
        }
        for (Fault fault : List.of(Fault.NONE, Fault.DOWN, Fault.THROTTLED, Fault.BROKEN)) {
            all.add(new Apple(fault));
        }
        for (Fault fault : List.of(Fault.NONE, Fault.THROTTLED, Fault.BROKEN_OFF)) {
            all.add(new Browser(fault));
        }
        return all;
    }

    Fault fault() {
        return fault;
    }

    /// Its app's.
    String name() {
        return (getClass().getSimpleName() + '-' + fault).toLowerCase(Locale.ROOT);
    }

    abstract AppInstanceUserEndpointType type();

    abstract String token();

    abstract void addTo(PushAppsFolder apps);

    /// From now on its service works.
    abstract void works();

    @Override
    public abstract void close();

    /// The next message that it shows.
    String next() throws Exception {
        String next = taken.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError(name() + " shows nothing");
        }
        return next;
    }

    /// Waits until it has shown all of these.
    ///
    /// @return which it has shown, in the order in which it showed them first
    List<String> awaitShown(Collection<String> messages) throws Exception {
        while (!shown.containsAll(messages)) {
            shown.add(next());
        }
        return List.copyOf(shown);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static Reply failing(Fault fault) {
        return switch (fault) {
            case THROTTLED -> Reply.of(429, Map.of("Retry-After", "1"), "");
            case GARBAGE -> Reply.of(500, Map.of("Retry-After", "soon"), "<html>\u0000{");
            case SILENT -> Reply.never();
            case BROKEN_OFF -> Reply.brokenOff();
            case BROKEN -> Reply.of(503);
            case NONE, NO_TOKENS, DOWN -> throw new IllegalArgumentException(fault + " is no answer");
        };
    }

    /// Answers as a service that takes what it gets, and notes it.
    private Reply taking(Reply answer, MessageOf messageOf) {
        return (request, answering) -> {
            String message = messageOf.read(request);
            answer.to(request, answering);
            taken.add(message);
        };
    }

    /// Finds out which message a request is about.
    private interface MessageOf {

        String read(TestReceiver.Received request) throws IOException;
    }

    private static final class Android extends PushedPhone {

        private final FcmServer server = new FcmServer();

        Android(Fault fault) {
            super(fault);
            switch (fault) {
                case NONE -> works();
                case NO_TOKENS -> server.tokenReply(Reply.of(500));
                case DOWN, THROTTLED, BROKEN, GARBAGE, SILENT, BROKEN_OFF -> server.reply(failing(fault));
            }
        }

        @Override
        AppInstanceUserEndpointType type() {
            return AppInstanceUserEndpointType.GCM;
        }

        @Override
        String token() {
            return "token-of-" + name();
        }

        @Override
        void addTo(PushAppsFolder apps) {
            apps.fcm(name(), server);
        }

        @Override
        void works() {
            server.reply(super.taking(FcmServer.taken(),
                    request -> json(json(request.text()).at("/message/data/pinpoint.jsonBody").textValue())
                            .path("chime.message_id")
                            .textValue()));
            server.tokenReply(null);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static final class Apple extends PushedPhone {

        private final TestCertificates certificates = new TestCertificates();
        private final ApnsServer server = new ApnsServer(certificates);

        Apple(Fault fault) {
            super(fault);
            switch (fault) {
                case DOWN -> server.stop();
                case THROTTLED -> server.throttle();
                case BROKEN -> server.fail();
                case NONE, GARBAGE, SILENT, BROKEN_OFF, NO_TOKENS -> {
                }
            }
        }

        @Override
        AppInstanceUserEndpointType type() {
            return AppInstanceUserEndpointType.APNS;
        }

        @Override
        String token() {
            return ApnsServer.TOKEN;
        }

        @Override
        void addTo(PushAppsFolder apps) {
            apps.apns(name(), server, certificates);
        }

        @Override
        void works() {
            if (fault() == Fault.DOWN) {
                server.start();
            }
            server.recover();
        }

        @Override
        String next() throws Exception {
            return json(server.await().payload()).at("/data/jsonBody/chime.message_id").textValue();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static final class Browser extends PushedPhone {

        private final TestReceiver server = new TestReceiver();
        private final TestBrowser browser = new TestBrowser();

        Browser(Fault fault) {
            super(fault);
            if (fault == Fault.NONE) {
                works();
            } else {
                server.reply(failing(fault));
            }
        }

        @Override
        AppInstanceUserEndpointType type() {
            return AppInstanceUserEndpointType.GCM;
        }

        @Override
        String token() {
            return browser.subscription(server.url("/push").toString());
        }

        @Override
        void addTo(PushAppsFolder apps) {
            apps.webPush(name());
        }

        @Override
        void works() {
            server.reply(super.taking(Reply.of(201),
                    request -> json(new String(browser.decrypt(request.body()), StandardCharsets.UTF_8))
                            .at("/data/chime.message_id")
                            .textValue()));
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
