package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.BadRequestException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessage;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageStatus;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ListChannelMessagesRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkmessaging.model.PushNotificationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageResponse;
import software.amazon.awssdk.services.chimesdkmessaging.model.SortOrder;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;
import software.amazon.awssdk.services.chimesdkmessaging.model.UnauthorizedClientException;

/// Messages through the SDK: what is sent comes back as it was, once and in order, for those whom it is for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageIT {

    private static final int CONTENT_MAX_BYTES = 4096;

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;
    private ChimeSdkMessagingClient messaging;
    private String owner;
    private String ada;
    private String bob;
    private String outsider;
    private String admin;
    private String channel;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        messaging = clients.messaging();
        owner = clients.user("owner");
        ada = clients.user("ada");
        bob = clients.user("bob");
        outsider = clients.user("outsider");
        admin = clients.admin("admin");
        channel = newChannel();
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void aMessageIsAnsweredAndReadAsItWasSent() {
        Map<String, MessageAttributeValue> attributes = Map.of("colour",
                MessageAttributeValue.builder().stringValues("red", "blue").build());
        SendChannelMessageResponse answer = send(message -> message.content("hello")
                .metadata("its metadata")
                .contentType("text/plain")
                .messageAttributes(attributes)
                .pushNotification(push -> push.type(PushNotificationType.VOIP).title("title").body("body")));

        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(answer.channelArn()).isEqualTo(channel);
        assertThat(answer.messageId()).matches("[0-9a-f]{64}");
        assertThat(answer.status().value()).isEqualTo(ChannelMessageStatus.SENT);
        ChannelMessage read = get(bob, answer.messageId());
        assertThat(read.channelArn()).isEqualTo(channel);
        assertThat(read.messageId()).isEqualTo(answer.messageId());
        assertThat(read.content()).isEqualTo("hello");
        assertThat(read.metadata()).isEqualTo("its metadata");
        assertThat(read.contentType()).isEqualTo("text/plain");
        assertThat(read.messageAttributes()).isEqualTo(attributes);
        assertThat(read.type()).isEqualTo(ChannelMessageType.STANDARD);
        assertThat(read.persistence()).isEqualTo(ChannelMessagePersistenceType.PERSISTENT);
        assertThat(read.status().value()).isEqualTo(ChannelMessageStatus.SENT);
        assertThat(read.redacted()).isFalse();
        assertThat(read.sender().arn()).isEqualTo(ada);
        assertThat(read.sender().name()).isEqualTo("ada");
        assertThat(read.lastUpdatedTimestamp()).isEqualTo(read.createdTimestamp());
        assertThat(read.lastEditedTimestamp()).isNull();
        assertThat(newest()).usingRecursiveComparison()
                .isEqualTo(summaryOf(read));
    }

    @Test
    void sizesAreCountedInBytes() {
        accepts(message -> message.content("x".repeat(CONTENT_MAX_BYTES)).metadata("x".repeat(1024)));
        accepts(message -> message.content("é".repeat(2048)).metadata("🎈".repeat(256)));
        accepts(message -> message.content("🎈".repeat(1024)));
        refuses(message -> message.content("x".repeat(CONTENT_MAX_BYTES + 1)));
        refuses(message -> message.content("é".repeat(2048) + "x"));
        refuses(message -> message.content("🎈".repeat(1024) + "x"));
        refuses(message -> message.content("x").metadata("x".repeat(1025)));
        refuses(message -> message.content("x").metadata("é".repeat(512) + "x"));
        refuses(message -> message.content(""));
    }

    @Test
    void aControlMessageHasThirtyBytesAndNoMetadata() {
        accepts(message -> message.type(ChannelMessageType.CONTROL).content("x".repeat(30)));
        accepts(message -> message.type(ChannelMessageType.CONTROL).content("é".repeat(15)));
        refuses(message -> message.type(ChannelMessageType.CONTROL).content("x".repeat(31)));
        refuses(message -> message.type(ChannelMessageType.CONTROL).content("é".repeat(15) + "x"));
        refuses(message -> message.type(ChannelMessageType.CONTROL).content("x").metadata("y"));
    }

    @Test
    void attributesHaveAKibibyteTogetherAndAPushATitleOrABody() {
        accepts(message -> message.content("x").messageAttributes(attribute("x".repeat(512), "x".repeat(509))));
        refuses(message -> message.content("x").messageAttributes(attribute("x".repeat(512), "x".repeat(510))));
        refuses(message -> message.content("x").pushNotification(push -> push.type(PushNotificationType.DEFAULT)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void contentComesBackByteForByte(String text) {
        String id = send(message -> message.content(text)).messageId();

        assertThat(get(bob, id).content()).isEqualTo(text);
        assertThat(newest().content()).isEqualTo(text);
    }

    static Stream<String> texts() {
        return Stream.concat(
                Stream.of("\0", "a\0b", " \t both ends \r\n", "👩‍👩‍👧‍👦🏴‍☠️🇪🇺", "é is not e\u0301",
                        "\u2028\u2029\uFEFF\uFFFE\uFFFF",
                        "<b>&amp;\"quoted\" \\u0041 \\</b>", "%7B%22a%22%3A1%7D", "{\"json\":\"\\u0000\"}",
                        IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining())),
                everyScript().stream());
    }

    /// Some letters of every script that Unicode knows, in as few messages as hold them.
    private static List<String> everyScript() {
        Map<Character.UnicodeScript, Integer> taken = new HashMap<>();
        var texts = new ArrayList<String>();
        var text = new StringBuilder();
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
            if (!surrogate && Character.isDefined(letter)
                    && taken.merge(Character.UnicodeScript.of(letter), 1, Integer::sum) <= 20) {
                text.appendCodePoint(letter);
            }
            if (text.length() == CONTENT_MAX_BYTES / 4) {
                texts.add(text.toString());
                text.setLength(0);
            }
        }
        texts.add(text.toString());
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "a\\ude00\\ud83db"})
    void loneSurrogatesAreRefused(String escaped) {
        HttpResponse<String> answer = sendRaw(Map.of("x-amz-chime-bearer", ada), escaped);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("BadRequestException");
    }

    @Test
    void escapedAndPlainCharactersAreTheSame() {
        assertThat(sendRaw(Map.of("x-amz-chime-bearer", ada), "\\u0000\\ud83d\\ude00é").statusCode()).isEqualTo(201);

        assertThat(newest().content()).isEqualTo("\0😀é");
    }

    @Test
    void aNonPersistentMessageLeavesNoTrace() {
        String own = newChannel();
        var request = SdkClients.message(ada, own, "gone with the wind")
                .persistence(ChannelMessagePersistenceType.NON_PERSISTENT)
                .clientRequestToken(UUID.randomUUID().toString())
                .build();
        String id = messaging.sendChannelMessage(request).messageId();

        assertThat(messaging.sendChannelMessage(request).messageId()).isEqualTo(id);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(
                () -> messaging.getChannelMessage(get -> get.channelArn(own).messageId(id).chimeBearer(ada)));
        assertThat(contents(list(list -> list.channelArn(own)))).isEmpty();
        assertThat(lastMessage(own)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRetriedTokenIsTheSameMessage(Interruption interruption) {
        String own = newChannel();
        var request = SdkClients.message(ada, own, "once")
                .messageAttributes(attribute("x"))
                .clientRequestToken(UUID.randomUUID().toString())
                .build();
        String id = messaging.sendChannelMessage(request).messageId();

        interrupt(interruption);

        assertThat(messaging.sendChannelMessage(request).messageId()).isEqualTo(id);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> messaging.sendChannelMessage(request.toBuilder().content("twice").build()));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> messaging.sendChannelMessage(request.toBuilder().metadata("more").build()));
        assertThat(list(list -> list.channelArn(own))).extracting(ChannelMessageSummary::messageId)
                .containsExactly(id);
    }

    /// What happens between a send and its retry.
    enum Interruption {
        NONE,
        RESTART,
        KILL
    }

    private void interrupt(Interruption interruption) {
        switch (interruption) {
            case NONE -> {
                return;
            }
            case RESTART -> server.restart();
            case KILL -> {
                server.kill9();
                server.start();
            }
        }
        SdkClients before = clients;
        clients = before.at(server.port());
        messaging = clients.messaging();
        before.close();
    }

    @Test
    void aTokenBelongsToItsSenderAndChannel() {
        String token = UUID.randomUUID().toString();
        String other = newChannel();

        String id = send(message -> message.content("one").clientRequestToken(token)).messageId();

        assertThat(send(message -> message.content("two").clientRequestToken(token).chimeBearer(bob)).messageId())
                .isNotEqualTo(id);
        assertThat(send(message -> message.content("three").clientRequestToken(token).channelArn(other)).messageId())
                .isNotEqualTo(id);
    }

    @Test
    void concurrentRetriesAreOneMessage() throws Exception {
        String own = newChannel();
        var request = SdkClients.message(ada, own, "once").clientRequestToken(UUID.randomUUID().toString()).build();
        Callable<String> sending = () -> messaging.sendChannelMessage(request).messageId();
        var ids = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(Collections.nCopies(16, sending))) {
                ids.add(answer.get());
            }
        }
        assertThat(ids).hasSize(1);

        assertThat(contents(list(list -> list.channelArn(own)))).containsExactly("once");
    }

    @Test
    void aBearerThatIsNobodyIsUnauthorized() {
        String deleted = clients.user("deleted");
        clients.identity().deleteAppInstanceUser(user -> user.appInstanceUserArn(deleted));

        for (String nobody : List.of("nobody", "arn:aws:chime:::", clients.appInstance(),
                clients.appInstance() + "/user/nobody", clients.appInstance() + "/bot/nobody", deleted)) {
            assertThatExceptionOfType(UnauthorizedClientException.class).as(nobody)
                    .isThrownBy(() -> send(message -> message.content("x").chimeBearer(nobody)));
        }
        assertThatExceptionOfType(UnauthorizedClientException.class)
                .isThrownBy(() -> send(message -> message.content("x").chimeBearer(null)));
    }

    @Test
    void anAbsentBearerIsUnauthorizedWhateverTheBody() {
        HttpResponse<String> answer = sendRaw(Map.of(), "\\ud83d");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("UnauthorizedClientException");
        assertThat(answer.body()).contains("\"Code\":\"Unauthorized\"");
    }

    @Test
    void onlyMembersSend() {
        String foreigner = clients.userOf(clients.otherAppInstance(), "foreigner");

        for (String other : List.of(outsider, admin, foreigner)) {
            assertForbidden(() -> send(message -> message.content("x").chimeBearer(other)));
        }
        assertForbidden(() -> send(
                message -> message.content("x").channelArn(clients.appInstance() + "/channel/unknown")));
    }

    @Test
    void aTargetedMessageIsThereForSenderAndTargetOnly() {
        String own = newChannel();
        String id = send(message -> message.channelArn(own).content("psst").target(target(bob))).messageId();

        for (String reader : List.of(ada, bob)) {
            ChannelMessage read = get(reader, own, id);
            assertThat(read.content()).isEqualTo("psst");
            assertThat(read.target()).containsExactly(target(bob));
            assertThat(contents(list(list -> list.channelArn(own).chimeBearer(reader)))).containsExactly("psst");
        }
        for (String other : List.of(owner, admin, outsider)) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> get(other, own, id));
            assertThat(contents(list(list -> list.channelArn(own).chimeBearer(other)))).isEmpty();
            assertForbidden(() -> redact(other, own, id));
        }
        assertThat(lastMessage(own)).isNull();
        assertForbidden(() -> send(message -> message.content("x").target(target(outsider))));
        messaging.deleteChannelMessage(delete -> delete.channelArn(own).messageId(id).chimeBearer(admin));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> get(bob, own, id));
    }

    @Test
    void anUpdateReplacesContentAndKeepsWhatItDoesNotName() {
        String id = send(message -> message.content("first").metadata("kept").contentType("text/plain")).messageId();
        ChannelMessage before = get(bob, id);

        var answer = messaging.updateChannelMessage(
                update -> update.channelArn(channel).messageId(id).content("second").chimeBearer(ada));

        assertThat(answer.messageId()).isEqualTo(id);
        assertThat(answer.status().value()).isEqualTo(ChannelMessageStatus.SENT);
        ChannelMessage after = get(bob, id);
        assertThat(after.content()).isEqualTo("second");
        assertThat(after.metadata()).isEqualTo("kept");
        assertThat(after.contentType()).isEqualTo("text/plain");
        assertThat(after.createdTimestamp()).isEqualTo(before.createdTimestamp());
        assertThat(after.lastEditedTimestamp()).isNotNull().isEqualTo(after.lastUpdatedTimestamp());
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> update(ada, id, "x".repeat(4097)));
        for (String other : List.of(owner, bob, admin, outsider)) {
            assertForbidden(() -> update(other, id, "not mine"));
        }
        assertForbidden(() -> update(ada, "0".repeat(64), "not there"));
    }

    @Test
    void aRedactedMessageLosesItsContentForGood() {
        String id = send(message -> message.content("secret").metadata("kept")).messageId();
        assertForbidden(() -> redact(bob, channel, id));
        assertForbidden(() -> redact(outsider, channel, id));

        redact(ada, channel, id);
        redact(ada, channel, id);

        ChannelMessage read = get(bob, id);
        assertThat(read.redacted()).isTrue();
        assertThat(read.content()).isNullOrEmpty();
        assertThat(read.metadata()).isEqualTo("kept");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> update(ada, id, "back again"));
    }

    @Test
    void moderatorsAndAdminsRedactAnyMessage() {
        for (String keeper : List.of(owner, admin)) {
            String id = send(message -> message.content("rude")).messageId();
            redact(keeper, channel, id);
            assertThat(get(bob, id).redacted()).isTrue();
        }
    }

    @Test
    void onlyAdminsDeleteAndADeletedMessageIsGone() {
        String id = send(message -> message.content("regrettable")).messageId();
        for (String other : List.of(owner, ada, bob, outsider)) {
            assertForbidden(() -> messaging
                    .deleteChannelMessage(delete -> delete.channelArn(channel).messageId(id).chimeBearer(other)));
        }

        for (int i = 0; i < 2; i++) {
            assertThat(messaging
                    .deleteChannelMessage(delete -> delete.channelArn(channel).messageId(id).chimeBearer(admin))
                    .sdkHttpResponse()
                    .statusCode()).isEqualTo(204);
        }

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> get(ada, id));
        assertThat(list(_ -> {
        })).extracting(ChannelMessageSummary::messageId).doesNotContain(id);
        assertForbidden(() -> update(ada, id, "too late"));
    }

    @Test
    void theStatusIsForTheSenderOnly() {
        String id = send(message -> message.content("seen?")).messageId();

        assertThat(status(ada, id)).isEqualTo(ChannelMessageStatus.SENT);
        for (String other : List.of(owner, bob, admin, outsider)) {
            assertForbidden(() -> status(other, id));
        }
        assertForbidden(() -> status(ada, "0".repeat(64)));
    }

    @Test
    void aMessageThatIsNotThereIsNotFound() {
        String elsewhere = newChannel();
        String id = send(message -> message.content("x")).messageId();

        for (String absent : List.of("0".repeat(64), "f".repeat(64), "nothing-like-an-id")) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> get(ada, absent));
        }
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> get(ada, elsewhere, id));
    }

    @Test
    void theChannelKnowsItsLastMessage() {
        String own = newChannel();
        assertThat(lastMessage(own)).isNull();

        String id = clients.send(ada, own, "latest");

        assertThat(lastMessage(own)).isEqualTo(get(ada, own, id).createdTimestamp());
    }

    @Test
    void messagesAreListedNewestFirstUnlessAskedOtherwise() {
        String own = newChannel();
        List<String> sent = IntStream.range(0, 12)
                .mapToObj(number -> clients.send(number % 2 == 0 ? ada : bob, own, "message " + number))
                .toList();

        List<ChannelMessageSummary> ascending = list(list -> list.channelArn(own).sortOrder(SortOrder.ASCENDING));

        assertThat(ids(ascending)).isEqualTo(sent);
        assertThat(ascending).isSortedAccordingTo(Comparator.comparing(ChannelMessageSummary::createdTimestamp));
        assertThat(ids(list(list -> list.channelArn(own)))).isEqualTo(sent.reversed());
        assertThat(ids(list(list -> list.channelArn(own).sortOrder(SortOrder.DESCENDING).maxResults(5))))
                .isEqualTo(sent.reversed());
        assertThat(ids(list(list -> list.channelArn(own).sortOrder(SortOrder.ASCENDING).maxResults(5))))
                .isEqualTo(sent);
    }

    @Test
    void aListIsBoundedByCreatedTimestampBothEndsIncluded() {
        String own = newChannel();
        IntStream.range(0, 20).forEach(number -> clients.send(ada, own, "message " + number));
        List<ChannelMessageSummary> all = list(list -> list.channelArn(own).sortOrder(SortOrder.ASCENDING));
        Instant from = all.get(6).createdTimestamp();
        Instant to = all.get(13).createdTimestamp();

        assertThat(list(list -> list.channelArn(own).sortOrder(SortOrder.ASCENDING).notBefore(from).notAfter(to)))
                .isEqualTo(all.stream()
                        .filter(message -> !message.createdTimestamp().isBefore(from)
                                && !message.createdTimestamp().isAfter(to))
                        .toList())
                .isNotEmpty();
        assertThat(list(list -> list.channelArn(own).notAfter(all.getFirst().createdTimestamp().minusMillis(1))))
                .isEmpty();
        assertThat(ids(list(list -> list.channelArn(own).notBefore(all.getLast().createdTimestamp()))))
                .contains(all.getLast().messageId());
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(
                () -> list(list -> list.channelArn(own).notBefore(to.plusMillis(1)).notAfter(to)));
    }

    @Test
    void aPageTokenIsGoodForItsOwnListOnly() {
        String own = newChannel();
        clients.send(ada, own, "one");
        clients.send(ada, own, "two");
        String token = messaging
                .listChannelMessages(list -> list.channelArn(own).chimeBearer(ada).maxResults(1))
                .nextToken();

        assertThat(token).isNotNull();
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> list(list -> list.channelArn(own).chimeBearer(bob).nextToken(token)));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> list(list -> list.nextToken(token)));
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(
                () -> list(list -> list.channelArn(own).sortOrder(SortOrder.ASCENDING).nextToken(token)));
    }

    @ParameterizedTest
    @EnumSource(value = SortOrder.class, names = {"ASCENDING", "DESCENDING"})
    @Timeout(60)
    void pagesNeitherRepeatNorSkipWhileMessagesAreSent(SortOrder order) {
        String own = newChannel();
        List<String> before = IntStream.range(0, 60).mapToObj(number -> clients.send(ada, own, "m" + number)).toList();
        var read = new ArrayList<ChannelMessageSummary>();
        var enough = new AtomicBoolean();
        var sending = CompletableFuture.supplyAsync(() -> sendUntil(enough, own));

        String token = null;
        do {
            String next = token;
            var page = messaging.listChannelMessages(list -> list.channelArn(own)
                    .chimeBearer(bob)
                    .sortOrder(order)
                    .maxResults(7)
                    .nextToken(next));
            read.addAll(page.channelMessages());
            token = page.nextToken();
            enough.set(read.size() > 100);
        } while (token != null);
        enough.set(true);
        List<String> meanwhile = sending.join();

        var all = new ArrayList<>(before);
        all.addAll(meanwhile);
        List<String> inOrder = order == SortOrder.ASCENDING ? ids(read) : ids(read).reversed();
        assertThat(inOrder).hasSizeGreaterThanOrEqualTo(before.size()).isEqualTo(all.subList(0, inOrder.size()));
    }

    private String newChannel() {
        return clients.channel(owner, ada, bob);
    }

    private SendChannelMessageResponse send(Consumer<SendChannelMessageRequest.Builder> details) {
        SendChannelMessageRequest.Builder request = SdkClients.message(ada, channel, "x");
        details.accept(request);
        return messaging.sendChannelMessage(request.build());
    }

    private void accepts(Consumer<SendChannelMessageRequest.Builder> details) {
        assertThat(send(details).sdkHttpResponse().statusCode()).isEqualTo(201);
    }

    private void refuses(Consumer<SendChannelMessageRequest.Builder> details) {
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> send(details));
    }

    /// @param content the text between the quotes in the body's JSON
    private HttpResponse<String> sendRaw(Map<String, String> headers, String content) {
        return clients.signedRequests()
                .send(SdkHttpMethod.POST, SignedRequests.channelPath(channel) + "/messages", headers, """
                        {"Content":"%s","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"%s"}"""
                        .formatted(content, UUID.randomUUID()));
    }

    private List<String> sendUntil(AtomicBoolean enough, String arn) {
        var sent = new ArrayList<String>();
        while (!enough.get()) {
            sent.add(clients.send(ada, arn, "meanwhile " + sent.size()));
        }
        return sent;
    }

    private ChannelMessage get(String bearer, String id) {
        return get(bearer, channel, id);
    }

    private ChannelMessage get(String bearer, String arn, String id) {
        return messaging.getChannelMessage(get -> get.channelArn(arn).messageId(id).chimeBearer(bearer))
                .channelMessage();
    }

    private void update(String bearer, String id, String content) {
        messaging.updateChannelMessage(
                update -> update.channelArn(channel).messageId(id).content(content).chimeBearer(bearer));
    }

    private void redact(String bearer, String arn, String id) {
        messaging.redactChannelMessage(redact -> redact.channelArn(arn).messageId(id).chimeBearer(bearer));
    }

    private ChannelMessageStatus status(String bearer, String id) {
        return messaging.getChannelMessageStatus(
                status -> status.channelArn(channel).messageId(id).chimeBearer(bearer)).status().value();
    }

    private ChannelMessageSummary newest() {
        return messaging.listChannelMessages(list -> list.channelArn(channel).chimeBearer(ada).maxResults(1))
                .channelMessages()
                .getFirst();
    }

    /// All pages, of the common channel as Ada reads it unless said otherwise.
    private List<ChannelMessageSummary> list(Consumer<ListChannelMessagesRequest.Builder> details) {
        var request = ListChannelMessagesRequest.builder().channelArn(channel).chimeBearer(ada);
        details.accept(request);
        return messaging.listChannelMessagesPaginator(request.build())
                .stream()
                .flatMap(page -> page.channelMessages().stream())
                .toList();
    }

    private Instant lastMessage(String arn) {
        return messaging.describeChannel(describe -> describe.channelArn(arn).chimeBearer(owner))
                .channel()
                .lastMessageTimestamp();
    }

    private static Map<String, MessageAttributeValue> attribute(String... values) {
        return Map.of("key", MessageAttributeValue.builder().stringValues(values).build());
    }

    private static Target target(String member) {
        return Target.builder().memberArn(member).build();
    }

    private static List<String> ids(List<ChannelMessageSummary> messages) {
        return messages.stream().map(ChannelMessageSummary::messageId).toList();
    }

    private static List<String> contents(List<ChannelMessageSummary> messages) {
        return messages.stream().map(ChannelMessageSummary::content).toList();
    }

    private static ChannelMessageSummary summaryOf(ChannelMessage message) {
        return ChannelMessageSummary.builder()
                .messageId(message.messageId())
                .content(message.content())
                .metadata(message.metadata())
                .type(message.type())
                .createdTimestamp(message.createdTimestamp())
                .lastUpdatedTimestamp(message.lastUpdatedTimestamp())
                .sender(message.sender())
                .redacted(message.redacted())
                .status(message.status())
                .messageAttributes(message.messageAttributes())
                .contentType(message.contentType())
                .build();
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(call);
    }
}
