package bellframe.server;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.CreateChannelRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.SortOrder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The AWS SDK's own clients for a server, and what most tests ask of them before they start.
///
/// They do not retry, so that a test sees every answer.
public final class SdkClients implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 128;

    private static final AtomicInteger names = new AtomicInteger();

    private final SdkHttpClient http = ApacheHttpClient.builder().maxConnections(CONNECTIONS_MAX).build();
    private final SignedRequests signedRequests;
    private final String appInstance;
    private final RetryStrategy retries;
    private final ChimeSdkMessagingClient messaging;
    private final ChimeSdkIdentityClient identity;
    private final IamClient iam;
    private final StsClient sts;

    /// @param env what `bellframe env` prints
    SdkClients(Map<String, String> env) {
        this(URI.create(value(env, "AWS_ENDPOINT_URL")), value(env, "AWS_REGION"),
                AwsBasicCredentials.create(value(env, "AWS_ACCESS_KEY_ID"), value(env, "AWS_SECRET_ACCESS_KEY")),
                value(env, "BELLFRAME_APP_INSTANCE_ARN"));
    }

    SdkClients(URI endpoint, String region, AwsCredentials credentials, String appInstance) {
        this(new SignedRequests(endpoint, region, credentials), appInstance, AwsRetryStrategy.doNotRetry());
    }

    private SdkClients(SignedRequests signedRequests, String appInstance, RetryStrategy retries) {
        this.signedRequests = signedRequests;
        this.appInstance = appInstance;
        this.retries = retries;
        messaging = configured(ChimeSdkMessagingClient.builder()).build();
        identity = configured(ChimeSdkIdentityClient.builder()).build();
        iam = configured(IamClient.builder()).build();
        sts = configured(StsClient.builder()).build();
    }

    /// Clients of a server that runs.
    public static SdkClients of(RunningServer server) {
        return new SdkClients(server.env());
    }

    /// The same clients with another secret.
    SdkClients withSecret(String secret) {
        return new SdkClients(signedRequests.endpoint(), signedRequests.region(),
                AwsBasicCredentials.create(signedRequests.credentials().accessKeyId(), secret), appInstance);
    }

    /// The same clients as somebody else.
    SdkClients as(AwsCredentials other) {
        return new SdkClients(signedRequests.endpoint(), signedRequests.region(), other, appInstance);
    }

    /// The same clients with the retries that applications have.
    SdkClients retrying() {
        return new SdkClients(signedRequests, appInstance, AwsRetryStrategy.standardRetryStrategy());
    }

    /// The same clients for the server's present port, which is another one after each start.
    public SdkClients at(int port) {
        return new SdkClients(URI.create("http://localhost:" + port), signedRequests.region(),
                signedRequests.credentials(), appInstance);
    }

    public ChimeSdkMessagingClient messaging() {
        return messaging;
    }

    public ChimeSdkIdentityClient identity() {
        return identity;
    }

    public IamClient iam() {
        return iam;
    }

    public StsClient sts() {
        return sts;
    }

    /// Requests that no SDK client would send.
    public SignedRequests signedRequests() {
        return signedRequests;
    }

    /// The ARN of the app instance that the first start made.
    public String appInstance() {
        return appInstance;
    }

    /// Creates a user with an id of its own.
    ///
    /// @return its ARN
    public String user(String name) {
        return userOf(appInstance, name);
    }

    public String userOf(String someAppInstance, String name) {
        String id = name + "-" + names.incrementAndGet();
        return identity.createAppInstanceUser(
                user -> user.appInstanceArn(someAppInstance).appInstanceUserId(id).name(name)).appInstanceUserArn();
    }

    List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(_ -> user("user")).toList();
    }

    /// Creates a user who is an admin of the first app instance.
    public String admin(String name) {
        String user = user(name);
        identity.createAppInstanceAdmin(admin -> admin.appInstanceArn(appInstance).appInstanceAdminArn(user));
        return user;
    }

    /// Creates another app instance.
    public String otherAppInstance() {
        return identity.createAppInstance(app -> app.name("other")).appInstanceArn();
    }

    /// Starts the creation of a channel.
    public CreateChannelRequest.Builder newChannel(String creator) {
        return CreateChannelRequest.builder().appInstanceArn(appInstance).chimeBearer(creator).name("a channel");
    }

    /// Creates a public, restricted channel.
    ///
    /// @return its ARN
    public String channel(String creator, String... members) {
        var request = newChannel(creator);
        if (members.length > 0) {
            request.memberArns(members);
        }
        return messaging.createChannel(request.build()).channelArn();
    }

    /// Starts a standard, persistent message.
    public static SendChannelMessageRequest.Builder message(String sender, String channel, String content) {
        return SendChannelMessageRequest.builder()
                .chimeBearer(sender)
                .channelArn(channel)
                .content(content)
                .type(ChannelMessageType.STANDARD)
                .persistence(ChannelMessagePersistenceType.PERSISTENT);
    }

    /// Sends a standard, persistent message.
    ///
    /// @return its id
    public String send(String sender, String channel, String content) {
        return messaging.sendChannelMessage(message(sender, channel, content).build()).messageId();
    }

    /// All messages of a channel that the reader may see, oldest first.
    List<ChannelMessageSummary> messages(String reader, String channel) {
        return messagesSince(reader, channel, null);
    }

    /// Those created at some moment or later.
    List<ChannelMessageSummary> messagesSince(String reader, String channel, @Nullable Instant notBefore) {
        return messaging.listChannelMessagesPaginator(list -> list.channelArn(channel)
                .chimeBearer(reader)
                .notBefore(notBefore)
                .sortOrder(SortOrder.ASCENDING))
                .stream()
                .flatMap(page -> page.channelMessages().stream())
                .toList();
    }

    @Override
    public void close() {
        messaging.close();
        identity.close();
        iam.close();
        sts.close();
        http.close();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
            B builder) {
        return builder.endpointOverride(signedRequests.endpoint())
                .region(Region.of(signedRequests.region()))
                .credentialsProvider(StaticCredentialsProvider.create(signedRequests.credentials()))
                .httpClient(http)
                .overrideConfiguration(settings -> settings.retryStrategy(retries));
    }

    private static String value(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null) {
            throw new IllegalStateException("env prints no " + name);
        }
        return value;
    }
}
