package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.ModelFile;
import bellframe.api.Operation;
import bellframe.api.Samples;
import bellframe.api.iam.IamOperations;
import bellframe.server.conformance.ValidCalls;
import bellframe.server.conformance.ValidCalls.ValidCall;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.iam.model.StatusType;

/// What somebody tries with credentials that are good for less than they want.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EscalationIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String DENIED = "AccessDeniedException";
    private static final String FORBIDDEN = "ForbiddenException";
    private static final String UNRECOGNIZED = "UnrecognizedClientException";
    private static final String INVALID = "InvalidSignatureException";

    /// Operations that are about no user, channel or app instance at all.
    private static final List<String> CONCERNS_NOBODY = List.of("GetMessagingSessionEndpoint");

    /// Every parameter that operations of IAM require.
    private static final String IAM_PARAMETERS = "&ClientID=app&ThumbprintList.member.1=0000000000000000000000000000000000000000"
            + "&UserName=service&RoleName=chat&PolicyName=p&PolicyDocument=%7B%7D"
            + "&AssumeRolePolicyDocument=%7B%7D&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Active&TagKeys.member.1=k"
            + "&Tags.member.1.Key=k&Tags.member.1.Value=v&Url=https%3A%2F%2Fidp.example.com"
            + "&OpenIDConnectProviderArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Aoidc-provider%2Fidp.example.com";

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients root;
    private ScopedUsers users;
    private ValidCalls calls;
    private SdkClients asAlice;
    /// May assume roles, and that is all.
    private SdkClients powerless;
    private AwsSessionCredentials alices;
    /// A private channel of Bob's.
    private String channel;

    @BeforeAll
    void createUsers() {
        root = SdkClients.of(server);
        users = new ScopedUsers(root);
        calls = new ValidCalls(root);
        asAlice = users.asAlice();
        powerless = users.as(users.createUser("powerless", ScopedUsers.policy("Allow", "\"sts:AssumeRole\"", "*")));
        alices = (AwsSessionCredentials) asAlice.signedRequests().credentials();
        channel = root.messaging()
                .createChannel(root.newChannel(users.bob()).privacy(ChannelPrivacy.PRIVATE).build())
                .channelArn();
        root.send(users.bob(), channel, "a secret");
    }

    @AfterAll
    void disconnect() {
        users.close();
        root.close();
    }

    static Stream<Object[]> operations() {
        return ModelFile.all()
                .flatMap(model -> model.table()
                        .stream()
                        .map(operation -> new Object[]{model, operation.name(), operation}));
    }

    /// The same call is then made by root and succeeds, so there was something to refuse, and the refused ones changed nothing.
    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void nobodyActsAsAnother(ModelFile model, String name, Operation<?, ?, ?> operation) {
        // Tags may be those of a channel; those of users are the ones of the other service.
        ValidCall call = calls.of(model, operation);
        call = model.equals(ModelFile.IDENTITY) ? call.with("ResourceARN", users.bob()) : call;

        if (!CONCERNS_NOBODY.contains(name)) {
            assertRefused(call.sendBy(asAlice.signedRequests()), 403, DENIED);
            if (operation.bearer()) {
                assertRefused(call.with("ChannelArn", channel).sendBy(asAlice.signedRequests()), 403, DENIED);
                assertRefused(call.with("ChimeBearer", users.bob()).sendBy(asAlice.signedRequests()), 403, DENIED);
            }
            if (operation.bearer() && call.has("ChannelArn")) {
                // No policy gives her a flow, even in a channel of her own.
                assertRefused(call.with("ChannelArn", channel)
                        .with("ChimeBearer", users.alice())
                        .sendBy(asAlice.signedRequests()), 403, call.has("ChannelFlowArn") ? DENIED : FORBIDDEN);
            }
        }
        HttpResponse<String> done = call.sendBy(root.signedRequests());
        assertThat(call.isSuccess(done)).as(done.body()).isEqualTo(call.canSucceed());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void withNoPolicyNothingIsAllowed(ModelFile model, String name, Operation<?, ?, ?> operation) {
        assertRefused(new ValidCall(model, operation, new Samples(model).minimal(model.input(operation)))
                .with("ChimeBearer", users.alice())
                .sendBy(powerless.signedRequests()), 403, DENIED);
    }

    @Test
    void whetherAChannelExistsIsNotToldToWhoMayNotAskForIt() {
        String absent = root.appInstance() + "/channel/absent";

        assertThat(describe(asAlice, users.bob(), absent)).isEqualTo(describe(asAlice, users.bob(), channel));
        assertThat(describe(asAlice, users.alice(), absent).replace(absent, channel))
                .startsWith("403 ForbiddenException")
                .isEqualTo(describe(asAlice, users.alice(), channel));
    }

    private static String describe(SdkClients as, String bearer, String channel) {
        HttpResponse<String> answer = as.signedRequests()
                .send(SdkHttpMethod.GET,
                        SignedRequests.channelPath(channel), Map.of("x-amz-chime-bearer", bearer), "");
        return answer.statusCode() + " " + error(answer) + " " + answer.body();
    }

    /// However the own name is spelled, it is that of the user who then acts, or of nobody.
    @Test
    void noSpellingOfABearerPassesForAnother() {
        String own = users.alice();
        String other = users.bob();
        String ownId = ScopedUsers.id(own);
        String app = root.appInstance();
        List<String> spellings = List.of(
                own.toUpperCase(Locale.ROOT), own.replace(ownId, ownId.toUpperCase(Locale.ROOT)), own + "/", own + "/x",
                own + "%2F", own + "%00", own + "*", own.replace("/user/", "//user/"), own.replace("/user/", "/user//"),
                own.replace("/user/", "/bot/"), own.replace("/user/", "/user%2F"), own.replace("/user/", "/USER/"),
                own + "/../" + ScopedUsers.id(other), app + "/user/" + own, app + "/user/" + other,
                own + "/user/" + ScopedUsers.id(other), own + ":" + other, own + "," + other, own + ", " + own,
                own + " " + other, other + "," + own, app + "/user/*", app + "/user/?",
                app + "/user/${aws:PrincipalTag/AppInstanceUserId}", app + "/channel/" + ownId, app + "/user/",
                "arn:aws:chime:::app-instance/x/user/" + ownId, own.replace("arn:aws:", "arn:aws-cn:"), ownId, "*", "");
        for (String spelling : spellings) {
            HttpResponse<String> answer = asAlice.signedRequests()
                    .send(SdkHttpMethod.GET,
                            "/channels?app-instance-arn=" + AttackSigner.encode(app),
                            Map.of("x-amz-chime-bearer", spelling), "");
            assertThat(answer.statusCode()).as(spelling).isIn(401, 403);
            assertThat(error(answer)).as(spelling).isIn("UnauthorizedClientException", DENIED);
        }
        assertThatCode(() -> asAlice.messaging()
                .listChannels(list -> list.appInstanceArn(app).chimeBearer(own))).doesNotThrowAnyException();
    }

    @Test
    void noSpellingOfAPathPassesForAnother() {
        String own = AttackSigner.encode(users.alice());
        String other = AttackSigner.encode(users.bob());
        for (String path : List.of(other, own.replace("%2F", "%252F"), own + "%2F", own + "%2F..%2F" + other,
                own + "/../" + other, own + "%00", other + "%2F", own.replace("user", "%2575ser"), own + "%3F",
                own + other, own + "%20", "%20" + own)) {
            HttpResponse<String> answer = asAlice.signedRequests()
                    .send(SdkHttpMethod.GET, "/app-instance-users/" + path, Map.of(), "");
            assertThat(answer.statusCode()).as(path).isGreaterThanOrEqualTo(400).isLessThan(500);
        }
        String encodedLetter = own.replace("user", "%75ser");
        assertThat(asAlice.signedRequests()
                .send(SdkHttpMethod.GET, "/app-instance-users/" + encodedLetter, Map.of(), "")
                .body()).contains(users.alice());
    }

    @Test
    void noTagIsAWildcard() {
        for (String tag : List.of("*", "?", "${aws:userid}", "bob*")) {
            assertError("ValidationError", 400, () -> users.session(users.service(), ScopedUsers.ROLE,
                    Map.of(ScopedUsers.USER_TAG, tag), null));
        }
        for (Map<String, String> tags : List.of(Map.<String, String>of(), Map.of(ScopedUsers.USER_TAG, ""),
                Map.of(ScopedUsers.USER_TAG, "bob"), Map.of("UserId", ScopedUsers.id(users.bob())))) {
            var session = users.as(users.session(users.service(), ScopedUsers.ROLE, tags, null));
            assertError(DENIED, 403, () -> session.messaging()
                    .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.bob())));
        }
    }

    /// Of two members with one name the last counts, for the policy and for what is done.
    @Test
    void thePolicyJudgesTheMemberThatCounts() {
        String own = root.appInstance();
        String other = root.otherAppInstance();
        var creator = users.as(users.createUser("creator", ScopedUsers.policy("Allow", "\"chime:*\"", own)));

        assertRefused(createUser(creator, own, other), 403, DENIED);
        HttpResponse<String> created = createUser(creator, other, own);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).contains(own + "/user/").doesNotContain(other);
    }

    private static HttpResponse<String> createUser(SdkClients as, String first, String last) {
        return as.signedRequests().send(SdkHttpMethod.POST, "/app-instance-users", Map.of(), """
                {"AppInstanceArn": "%s", "AppInstanceUserId": "%s", "Name": "n", "ClientRequestToken": "token",
                 "AppInstanceArn": "%s"}""".formatted(first, UUID.randomUUID(), last));
    }

    @Test
    void aBearerInTheQueryIsNone() {
        HttpResponse<String> answer = asAlice.signedRequests()
                .send(SdkHttpMethod.GET, "/channels?app-instance-arn="
                        + AttackSigner.encode(root.appInstance()) + "&x-amz-chime-bearer="
                        + AttackSigner.encode(users.alice()), Map.of(), "");

        assertRefused(answer, 401, "UnauthorizedClientException");
    }

    @Test
    void twoBearersAreNone() {
        for (List<String> pair : List.of(List.of(users.alice(), users.bob()), List.of(users.bob(), users.alice()),
                List.of(users.alice(), users.alice()))) {
            AttackRequest request = listChannels(pair.getFirst()).with("x-amz-chime-bearer", pair.getLast());
            send(signer(alices).sign(withToken(request, alices.sessionToken())))
                    .requireError(401, "UnauthorizedClientException");
        }
    }

    @Test
    void aParameterThatComesTwiceIsNone() {
        String own = AttackSigner.encode(users.alice());
        HttpResponse<String> answer = asAlice.signedRequests()
                .send(SdkHttpMethod.GET, "/channels?scope=app-instance-user-memberships&app-instance-user-arn=" + own
                        + "&app-instance-user-arn=" + AttackSigner.encode(users.bob()),
                        Map.of("x-amz-chime-bearer", users.alice()), "");

        assertRefused(answer, 400, "BadRequestException");
    }

    private AttackRequest listChannels(String bearer) {
        return AttackRequest.of("GET", "/channels?app-instance-arn=" + AttackSigner.encode(root.appInstance()))
                .with("Host", "localhost:" + server.port())
                .with("x-amz-chime-bearer", bearer);
    }

    private static AttackRequest withToken(AttackRequest request, String token) {
        return request.with("X-Amz-Security-Token", token);
    }

    private AttackSigner signer(AwsCredentials credentials) {
        return new AttackSigner(credentials.accessKeyId(), credentials.secretAccessKey(),
                root.signedRequests().region());
    }

    private static AttackClient.Answer send(AttackRequest request) {
        try (var client = AttackClient.connect(Scheme.PLAIN, server.port())) {
            return client.send(request).read();
        }
    }

    @Test
    void aKeyIsGoodOnlyWithItsOwnSecretAndToken() {
        var bobs = (AwsSessionCredentials) users.asBob().signedRequests().credentials();
        AwsCredentials lasting = users.service();

        assertUnknown(session(alices.accessKeyId(), alices.secretAccessKey(), bobs.sessionToken()));
        assertUnknown(session(alices.accessKeyId(), bobs.secretAccessKey(), bobs.sessionToken()));
        assertUnknown(session(lasting.accessKeyId(), lasting.secretAccessKey(), alices.sessionToken()));
        assertUnknown(session(root.signedRequests().credentials().accessKeyId(), alices.secretAccessKey(),
                alices.sessionToken()));
        assertUnknown(AwsBasicCredentials.create(alices.accessKeyId(), alices.secretAccessKey()));
        assertUnknown(session(alices.accessKeyId(), alices.secretAccessKey(), alices.sessionToken() + "="));
        assertErrors(INVALID, "SignatureDoesNotMatch",
                session(alices.accessKeyId(), bobs.secretAccessKey(), alices.sessionToken()));
        assertErrors(INVALID, "SignatureDoesNotMatch",
                session(bobs.accessKeyId(), alices.secretAccessKey(), bobs.sessionToken()));
    }

    private static AwsSessionCredentials session(String id, String secret, String token) {
        return AwsSessionCredentials.create(id, secret, token);
    }

    private void assertUnknown(AwsCredentials credentials) {
        assertErrors(UNRECOGNIZED, "InvalidClientTokenId", credentials);
    }

    /// The refusal has one name over REST and another over Query.
    private void assertErrors(String rest, String query, AwsCredentials credentials) {
        SdkClients clients = users.as(credentials);
        assertError(rest, 403, () -> clients.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice())));
        assertError(query, 403, () -> clients.sts().getCallerIdentity());
        assertError(query, 403, () -> clients.iam().getUser());
        assertThat(connect(clients, users.alice()).closeCode()).isEqualTo(4401);
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() {
        AttackRequest request = withToken(listChannels(users.alice()), alices.sessionToken());

        send(signer(alices).withSignedHeaders("host;x-amz-chime-bearer;x-amz-date").sign(request))
                .requireError(403, INVALID)
                .requireMessage("x-amz-security-token");
        assertThat(send(signer(alices).sign(request)).status()).isEqualTo(200);
        send(signer(alices).presign(request, "60").replace("X-Amz-Security-Token", "another"))
                .requireError(403, UNRECOGNIZED);
    }

    /// Whichever of two tokens is looked at, a signature is as good as the key that it was made with.
    @Test
    void aSecondTokenMakesNobodyAnother() {
        var bobs = (AwsSessionCredentials) users.asBob().signedRequests().credentials();
        AttackRequest asBob = listChannels(users.bob());
        String inQuery = asBob.target() + "&X-Amz-Security-Token=";

        for (AttackRequest request : List.of(
                signer(alices).sign(withToken(asBob.withTarget(inQuery + bobs.sessionToken()), alices.sessionToken())),
                signer(alices).sign(withToken(withToken(asBob, alices.sessionToken()), bobs.sessionToken())),
                signer(alices).sign(withToken(asBob.withTarget(inQuery + alices.sessionToken()), bobs.sessionToken())),
                signer(alices).presign(withToken(asBob.withTarget(inQuery + alices.sessionToken()),
                        bobs.sessionToken()), "60"),
                signer(alices).presign(withToken(asBob.withTarget(inQuery + bobs.sessionToken()),
                        alices.sessionToken()), "60"))) {
            AttackClient.Answer answer = send(request);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("x-amzn-ErrorType")).isIn(DENIED, UNRECOGNIZED, INVALID);
        }
    }

    @Test
    void nobodyConnectsAsAnother() {
        assertThat(connect(asAlice, users.bob()).closeCode()).isEqualTo(4401);
        assertThat(connect(asAlice, users.alice() + "/").closeCode()).isEqualTo(4401);
        assertThat(connect(asAlice, users.alice().toUpperCase(Locale.ROOT)).closeCode()).isEqualTo(4401);
        try (LiveSession own = connect(asAlice, users.alice())) {
            assertThat(own.next().type()).isEqualTo("SESSION_ESTABLISHED");
        }
    }

    private LiveSession connect(SdkClients as, String user) {
        return LiveSession.open(url(as, user, Instant.now(), LIFETIME), null);
    }

    private URI url(SdkClients as, String user, Instant at, Duration lifetime) {
        return as.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()),
                        Map.of("userArn", user, "sessionId", UUID.randomUUID().toString()), at, lifetime);
    }

    @Test
    void aUrlThatOpensASessionIsGoodAsItIsForAsLongAsItSays() {
        String url = url(asAlice, users.alice(), Instant.now(), LIFETIME).toString();
        String token = AttackSigner.encode(alices.sessionToken());
        var bobs = (AwsSessionCredentials) users.asBob().signedRequests().credentials();
        assertThat(url).contains(token);

        for (String changed : List.of(
                url(asAlice, users.alice(), Instant.now().minusSeconds(120), Duration.ofSeconds(60)).toString(),
                url.replace("localhost", "127.0.0.1"),
                url.replace(token, AttackSigner.encode(bobs.sessionToken())),
                url.replace(token, token.substring(0, token.length() - 1)),
                url.replace("X-Amz-Security-Token=" + token, "x=y"),
                url.replaceFirst("X-Amz-Expires=\\d+", "X-Amz-Expires=604800"),
                url.replace(AttackSigner.encode(users.alice()), AttackSigner.encode(users.bob())),
                url + "&userArn=" + AttackSigner.encode(users.bob()))) {
            assertThat(LiveSession.open(URI.create(changed), null).closeCode()).as(changed).isEqualTo(4401);
        }
        try (LiveSession session = LiveSession.open(URI.create(url), null)) {
            assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        }
    }

    @Test
    void credentialsEndWithTheirRole() {
        users.createRole("fleeting");
        var session = users.as(users.session(users.service(), "fleeting",
                Map.of(ScopedUsers.USER_TAG, ScopedUsers.id(users.alice())), null));
        ThrowingCallable call = () -> session.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice()));
        assertThatCode(call).doesNotThrowAnyException();

        users.deleteRole("fleeting");
        assertError(UNRECOGNIZED, 403, call);
        users.createRole("fleeting");
        assertError(UNRECOGNIZED, 403, call);
        assertError("InvalidClientTokenId", 403, () -> session.sts().getCallerIdentity());
        assertThat(connect(session, users.alice()).closeCode()).isEqualTo(4401);
    }

    @Test
    void disabledAndDeletedKeysEndAtOnceAndTheirSessionsWithThem() {
        AwsCredentials key = users.createUser("leaver", ScopedUsers.policy("Allow", "\"chime:*\"", "*"));
        var lasting = users.as(key);
        var session = users.as(ScopedUsers.credentials(lasting.sts().getSessionToken().credentials()));
        for (SdkClients clients : List.of(lasting, session)) {
            assertThatCode(() -> clients.identity().listAppInstances(list -> {
            })).doesNotThrowAnyException();
        }

        root.iam()
                .updateAccessKey(update -> update.userName("leaver")
                        .accessKeyId(key.accessKeyId())
                        .status(StatusType.INACTIVE));
        assertUnknown(key);
        assertUnknown(session.signedRequests().credentials());
        root.iam().deleteAccessKey(delete -> delete.userName("leaver").accessKeyId(key.accessKeyId()));
        assertUnknown(key);
        assertUnknown(session.signedRequests().credentials());
    }

    @Test
    void aChangedPolicyCountsFromTheNextRequestOn() {
        users.createRole("changing");
        var session = users.as(users.session(users.service(), "changing",
                Map.of(ScopedUsers.USER_TAG, ScopedUsers.id(users.alice())), null));
        ThrowingCallable call = () -> session.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice()));
        assertThatCode(call).doesNotThrowAnyException();

        root.iam()
                .putRolePolicy(put -> put.roleName("changing")
                        .policyName("stop")
                        .policyDocument(ScopedUsers.policy("Deny", "\"chime:ListChannels\"", "*")));
        assertError(DENIED, 403, call);
        root.iam().deleteRolePolicy(policy -> policy.roleName("changing").policyName("stop"));
        assertThatCode(call).doesNotThrowAnyException();
    }

    @Test
    void aSessionPolicyDenies() {
        var session = users.as(users.session(users.service(), ScopedUsers.ROLE,
                Map.of(ScopedUsers.USER_TAG, ScopedUsers.id(users.alice())),
                ScopedUsers.policy("Deny", "\"chime:ListChannels\"", "*")));

        assertError(DENIED, 403, () -> session.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice())));
    }

    @Test
    void whatWasSetForGoodStaysFromRoleToRole() {
        users.createRole("next");
        root.iam()
                .putRolePolicy(put -> put.roleName(ScopedUsers.ROLE)
                        .policyName("chaining")
                        .policyDocument(ScopedUsers.policy("Allow", "\"sts:*\"", users.roleArn("next"))));
        AwsSessionCredentials first = users.session(users.service(), ScopedUsers.ROLE,
                Map.of(ScopedUsers.USER_TAG, ScopedUsers.id(users.alice())), null);
        var chained = users.as(first);

        assertError("ValidationError", 400, () -> chained.sts()
                .assumeRole(
                        users.request("next", Map.of("appinstanceuserid", ScopedUsers.id(users.bob()))).build()));
        assertError("ValidationError", 400, () -> chained.sts()
                .assumeRole(
                        users.request("next", Map.of()).durationSeconds(3_601).build()));
        var next = users.as(ScopedUsers.credentials(chained.sts()
                .assumeRole(users.request("next", Map.of()).sourceIdentity("alice").build())
                .credentials()));
        assertError("AccessDenied", 403, () -> next.sts()
                .assumeRole(
                        users.request("next", Map.of()).sourceIdentity("bob").build()));
        assertError(DENIED, 403, () -> next.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.bob())));
        assertThatCode(() -> next.messaging()
                .listChannels(list -> list.appInstanceArn(root.appInstance()).chimeBearer(users.alice())))
                .doesNotThrowAnyException();
    }

    @Test
    void aRoleThatIsNotThereIsRefusedLikeOneThatIsClosed() {
        String absent = refusal(asAlice, "absent");
        String closed = refusal(asAlice, ScopedUsers.ROLE);

        assertThat(absent).startsWith("AccessDenied")
                .isEqualTo(closed.replace(users.roleArn(ScopedUsers.ROLE), users.roleArn("absent")));
    }

    private String refusal(SdkClients clients, String role) {
        try {
            clients.sts().assumeRole(users.request(role, Map.of()).build());
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode() + " " + refused.awsErrorDetails().errorMessage();
        }
        throw new AssertionError("not refused: " + role);
    }

    @Test
    void aScopedUserMayCallNothingOfIam() {
        for (var operation : IamOperations.SERVICE.operations()) {
            HttpResponse<String> answer = asAlice.signedRequests()
                    .sendForm("iam", "Action=" + operation.name()
                            + "&Version=2010-05-08" + IAM_PARAMETERS);
            assertThat(answer.statusCode()).as("%s: %s", operation.name(), answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
        }
    }

    @Test
    void credentialsOfGetSessionTokenGetNeitherIntoIamNorMoreOfTheirKind() {
        var session = users.as(ScopedUsers.credentials(root.sts().getSessionToken().credentials()));

        assertError("AccessDenied", 403, () -> session.iam().getUser());
        assertError("AccessDenied", 403, () -> session.iam().createUser(user -> user.userName("mine")));
        assertError("AccessDenied", 403, () -> session.sts().getSessionToken());
        assertError("AccessDenied", 403, () -> asAlice.sts().getSessionToken());
    }

    @Test
    void whatTheBodyAsksForIsDoneAndNotWhatTheQueryDoes() {
        AttackRequest request = AttackRequest
                .of("POST", "/?Action=CreateUser&UserName=smuggled&Version=2010-05-08")
                .with("Host", "localhost:" + server.port())
                .with("Content-Type", "application/x-www-form-urlencoded")
                .withBody("Action=GetCallerIdentity&Version=2011-06-15");
        AwsCredentials key = root.signedRequests().credentials();
        AttackSigner forSts = signer(key).withScope(root.signedRequests().region(), "sts", "aws4_request");

        assertThat(send(forSts.sign(request)).body()).contains("GetCallerIdentityResult");
        assertError("NoSuchEntity", 404, () -> root.iam().getUser(user -> user.userName("smuggled")));
    }

    @Test
    void aSignatureForOneServiceIsNoneForAnother() {
        HttpResponse<String> forSts = root.signedRequests()
                .sendForm("sts", "Action=CreateUser&Version=2010-05-08&UserName=smuggled");
        HttpResponse<String> forChime = root.signedRequests()
                .sendForm("chime", "Action=CreateUser&Version=2010-05-08&UserName=smuggled");

        for (HttpResponse<String> answer : List.of(forSts, forChime)) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>SignatureDoesNotMatch</Code>", "correct service: 'iam'");
        }
    }

    private static String error(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-amzn-ErrorType").orElse("");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String type) {
        assertThat(error(answer)).as(answer.body()).isEqualTo(type);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static void assertError(String code, int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).as(refused.getMessage()).isEqualTo(code);
            assertThat(refused.statusCode()).isEqualTo(status);
        });
    }
}
