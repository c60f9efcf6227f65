package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bellframe.http.RawClient.Response;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.net.BindException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
@Timeout(60)
class HttpServerTest {

    private static final String SIGNED = "Host: localhost\r\nAuthorization: x\r\nx-amz-chime-bearer: "
            + RunningHttp.BEARER
            + "\r\n";
    private static final String GET = "GET /channels HTTP/1.1\r\n" + SIGNED + "\r\n";

    private RunningHttp server;

    @BeforeEach
    void start() throws Exception {
        server = RunningHttp.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(HttpLimits limits) throws Exception {
        server.close();
        server = RunningHttp.start(limits);
    }

    private Response exchange(String text) throws Exception {
        try (var client = server.raw()) {
            return client.send(text).read();
        }
    }

    private static String request(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private void assertError(Response response, Refusal refusal) {
        assertThat(response.status()).isEqualTo(refusal.status());
        assertThat(response.header("x-amzn-ErrorType")).isEqualTo(refusal.error());
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("x-amzn-RequestId")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
        assertThat(response.body()).contains("\"Message\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void onePortSpeaksBothSchemes(String scheme) throws Exception {
        try (HttpClient client = TestTls.client()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(server.uri(scheme, "/channels"))
                            .header("authorization", "x")
                            .header("x-amz-chime-bearer", RunningHttp.BEARER)
                            .POST(BodyPublishers.ofString("{\"Name\":\"ü\"}"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).contains("CreateChannel", "ü");
        }
    }

    @Test
    void aRenewedCertificateServesTheNextConnection() throws Exception {
        assertThat(certificateName()).isEqualTo("CN=first");
        server.tls.set(TestTls.server("second"));
        assertThat(certificateName()).isEqualTo("CN=second");
    }

    private String certificateName() throws Exception {
        try (HttpClient client = TestTls.client()) {
            var request = HttpRequest.newBuilder(server.uri("https", "/channels")).build();
            var session = client.send(request, BodyHandlers.discarding()).sslSession().orElseThrow();
            return ((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    @Test
    void aSuccessCarriesTheHeadersClientsNeed() throws Exception {
        Response response = exchange(GET);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Date")).isEqualTo("Sun, 01 Mar 2026 10:20:30 GMT");
        assertThat(response.header("Access-Control-Expose-Headers")).contains("x-amzn-errortype", "date");
        assertThat(server.calls).singleElement().satisfies(call -> {
            assertThat(call.requestId()).isEqualTo(response.header("x-amzn-RequestId"));
            assertThat(call.principalArn()).isEqualTo(RunningHttp.PRINCIPAL);
            assertThat(call.host()).isEqualTo("localhost");
        });
    }

    @Test
    void noContentMeansNoBodyAndNoType() throws Exception {
        Response response = exchange("DELETE /channels/a HTTP/1.1\r\n" + SIGNED + "\r\n");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).doesNotContainKeys("content-type", "content-length", "transfer-encoding");
    }

    @Test
    void routingComesBeforeAuthentication() throws Exception {
        assertError(exchange("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"), Refusal.UNKNOWN_OPERATION);
    }

    @Test
    void authenticationComesBeforeTheBearer() throws Exception {
        Response response = exchange("GET /channels HTTP/1.1\r\nHost: a\r\n\r\n");

        assertError(response, Refusal.MISSING_AUTHENTICATION);
        assertThat(response.body()).isEqualTo("{\"Message\":\"Missing Authentication Token\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "",
            "x-amz-chime-bearer: \r\n",
            "x-amz-chime-bearer: alice\r\n",
            "x-amz-chime-bearer: arn:aws:chime:us-east-1:123456789012:app-instance/a\r\n",
            "x-amz-chime-bearer: arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/b\r\n",
            "x-amz-chime-bearer: arn:aws:iam:us-east-1:123456789012:app-instance/a/user/b\r\n",
            "x-amz-chime-bearer: arn:aws:chime:us-east-1:1:app-instance/a/user/b\r\nx-amz-chime-bearer: arn:aws:chime:us-east-1:1:app-instance/a/user/b\r\n"})
    void theBearerComesBeforeTheInput(String bearer) throws Exception {
        Response response = exchange(
                "GET /channels?max-results=0 HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\n" + bearer + "\r\n");

        assertError(response, Refusal.INVALID_BEARER);
        assertThat(response.body()).contains("\"Code\":\"Unauthorized\"");
    }

    @Test
    void aBearerLongerThanTheModelsAllowNamesNobody() throws Exception {
        String resource = "app-instance/a/user/";
        String longest = resource + "b".repeat(1024 - resource.length());

        assertThat(exchange(invalidInputBy("arn:aws:chime:us-east-1:1:" + longest)).status()).isEqualTo(400);
        assertError(exchange(invalidInputBy("arn:aws:chime:us-east-1:1:" + longest + "b")), Refusal.INVALID_BEARER);
        assertError(exchange(invalidInputBy("arn:aws:chime:" + "r".repeat(64) + ":1:" + resource + "b")),
                Refusal.INVALID_BEARER);
    }

    private static String invalidInputBy(String bearer) {
        return "GET /channels?max-results=0 HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nx-amz-chime-bearer: " + bearer
                + "\r\n\r\n";
    }

    @Test
    void anOperationWithoutBearerIgnoresOne() throws Exception {
        assertThat(exchange(
                "GET /endpoints/messaging-session HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nx-amz-chime-bearer: b\r\n\r\n")
                .status()).isEqualTo(200);
    }

    @Test
    void brokenConstraintsAreToldByName() throws Exception {
        Response response = exchange("GET /channels?max-results=0 HTTP/1.1\r\n" + SIGNED + "\r\n");

        assertError(response, Refusal.INVALID_INPUT);
        assertThat(response.body())
                .isEqualTo("{\"Code\":\"BadRequest\",\"Message\":\"MaxResults must be at least 1\"}");
    }

    @Test
    void aRefusalOfTheServiceIsAnsweredAsItsTableSays() throws Exception {
        server.service = (_, _) -> {
            throw new Refused(Refusal.CONFLICT, "already \"there\"");
        };

        Response response = exchange(GET);

        assertError(response, Refusal.CONFLICT);
        assertThat(response.body()).isEqualTo("{\"Code\":\"Conflict\",\"Message\":\"already \\\"there\\\"\"}");
    }

    @Test
    void aFailureNeverShowsItsCause() throws Exception {
        server.service = (_, _) -> {
            throw new IllegalStateException("the secret reason");
        };

        Response response = exchange(GET);

        assertError(response, Refusal.INTERNAL_FAILURE);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void aBodyThatIsClearlyNotJsonIsNotTaken() throws Exception {
        String post = "POST /channels HTTP/1.1\r\n" + SIGNED;

        assertError(exchange(post + "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>"),
                Refusal.UNSUPPORTED_MEDIA_TYPE);
        assertThat(exchange(post + "Content-Type: text/xml\r\nContent-Length: 3\r\n\r\n {}").status()).isEqualTo(201);
        assertThat(exchange(post + "Content-Length: 2\r\n\r\n{}").status()).isEqualTo(201);
    }

    @Test
    void requestsAreCountedByOperationAndError() throws Exception {
        exchange(GET);
        exchange("GET /channels?max-results=0 HTTP/1.1\r\n" + SIGNED + "\r\n");

        var timer = server.metrics.get("bellframe.requests").tag("operation", "ListChannels");
        assertThat(timer.tag("error", "none").timer().count()).isEqualTo(1);
        assertThat(server.metrics.get("bellframe.requests").tag("error", "BadRequestException").timer().count())
                .isEqualTo(1);
    }

    @Test
    void aPreflightIsAnsweredOnAnyPathUnsigned() throws Exception {
        Response response = exchange(request(
                "OPTIONS /any/path HTTP/1.1",
                "Host: a",
                "Origin: https://b",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: authorization,x-amz-date"));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST,PUT,DELETE,OPTIONS");
        assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("authorization,x-amz-date");
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("172800");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (var client = server.raw()) {
            var text = new StringBuilder();
            for (int i = 1; i <= 50; i++) {
                text.append("POST /channels HTTP/1.1\r\n").append(SIGNED);
                text.append("Content-Length: 4\r\n\r\n{").append("%02d".formatted(i)).append('}');
            }
            client.send(text.toString());
            for (int i = 1; i <= 50; i++) {
                assertThat(client.read().body()).contains("{%02d}".formatted(i));
            }
        }
    }

    @Test
    void aConnectionHasOneRequestInFlight() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        server.service = (_, _) -> {
            entered.countDown();
            await(go);
            return "done";
        };
        try (var client = server.raw()) {
            client.send(GET + GET);
            entered.await();
            assertThat(server.calls).hasSize(1);
            go.countDown();
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(server.calls).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moreRequestsThanFitAreThrottledAtOnce() throws Exception {
        var entered = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        server.service = (_, _) -> {
            entered.countDown();
            await(go);
            return "done";
        };
        try (var first = server.raw(); var second = server.raw(); var third = server.raw()) {
            first.send(GET);
            second.send(GET);
            entered.await();
            assertThat(server.metrics.get("bellframe.requests.in.flight").gauge().value()).isEqualTo(2);
            assertError(third.send(GET).read(), Refusal.THROTTLED);
            assertThat(server.metrics.get("bellframe.requests.refused")
                    .tag("error", "ThrottledClientException")
                    .counter()
                    .count()).isEqualTo(1);
            go.countDown();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(second.read().status()).isEqualTo(200);
            assertThat(third.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void drainingFinishesWhatRunsAndRefusesTheRest() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        server.service = (_, _) -> {
            entered.countDown();
            await(go);
            return "done";
        };
        try (var busy = server.raw(); var idle = server.raw()) {
            assertThat(idle.send("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n").read().status()).isEqualTo(204);
            busy.send(GET);
            entered.await();

            server.server().stopAccepting();

            Response refused = idle.send(GET).read();
            assertError(refused, Refusal.UNAVAILABLE);
            assertThat(refused.header("Connection")).isEqualTo("close");
            assertThat(idle.isClosed()).isTrue();
            go.countDown();
            Response finished = busy.read();
            assertThat(finished.status()).isEqualTo(200);
            assertThat(finished.header("Connection")).isEqualTo("close");
            assertThat(busy.isClosed()).isTrue();
        }
    }

    @Test
    void aTakenPortIsABindException() throws Exception {
        try (var loops = EventLoops.start(Transport.best(), 1); var other = server.another(loops)) {
            assertThatThrownBy(() -> other.start(null, server.port()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(Integer.toString(server.port()));
        }
    }

    @Test
    void bothInternetProtocolsAreServed() throws Exception {
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            try (var client = RawClient.connect(address, server.port())) {
                assertThat(client.send(GET).read().status()).as(address.toString()).isEqualTo(200);
            }
        }
        try (var client = RawClient.connect(InetAddress.ofLiteral("::1"), server.port())) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    void httpTenClosesUnlessAskedNotTo() throws Exception {
        try (var client = server.raw()) {
            String signed = "Authorization: x\r\nx-amz-chime-bearer: " + RunningHttp.BEARER + "\r\n";
            Response kept = client.send("GET /channels HTTP/1.0\r\nConnection: keep-alive\r\n" + signed + "\r\n")
                    .read();
            assertThat(kept.header("Connection")).isEqualTo("keep-alive");
            Response last = client.send("GET /channels HTTP/1.0\r\n" + signed + "\r\n").read();
            assertThat(last.status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void connectionCloseIsHonoured() throws Exception {
        try (var client = server.raw()) {
            client.send("GET /channels HTTP/1.1\r\nConnection: close\r\n" + SIGNED + "\r\n");
            assertThat(client.read().header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void anExpectationIsMetBeforeTheBody() throws Exception {
        try (var client = server.raw()) {
            client.send("POST /channels HTTP/1.1\r\n" + SIGNED + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("{}").read().status()).isEqualTo(201);
        }
    }

    @Test
    void chunkedBodiesAreTaken() throws Exception {
        assertThat(exchange("POST /channels HTTP/1.1\r\n" + SIGNED
                + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nTrailer: t\r\n\r\n").body())
                .contains("{\\\"a\\\":1}");
    }

    @Test
    void absoluteTargetsAreTaken() throws Exception {
        assertThat(exchange("GET http://localhost/channels?max-results=1 HTTP/1.1\r\n" + SIGNED + "\r\n").body())
                .contains("ListChannels", "max=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere/channels", "http://localhost:81/channels", "http://x@localhost/channels",
            "HTTPS://elsewhere"})
    void aTargetThatNamesAnotherHostThanTheHeaderIsMalformed(String target) throws Exception {
        assertError(exchange("GET " + target + " HTTP/1.1\r\n" + SIGNED + "\r\n"), Refusal.MALFORMED_REQUEST);
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels/\0", "/channels/\u0001", "/channels/\u007f", "/channels/é",
            "/channels?max-results=é"})
    void aTargetWithRawBytesIsMalformed(String target) throws Exception {
        assertError(exchange("GET " + target + " HTTP/1.1\r\n" + SIGNED + "\r\n"), Refusal.MALFORMED_REQUEST);
        assertThat(server.calls).isEmpty();
    }

    @Test
    void aParameterThatComesTwiceIsInvalid() throws Exception {
        assertError(exchange("GET /channels?max-results=1&max-results=2 HTTP/1.1\r\n" + SIGNED + "\r\n"),
                Refusal.INVALID_INPUT);
    }

    @Test
    void aClientThatEndsItsSideStillGetsItsAnswers() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        server.service = (_, _) -> {
            entered.countDown();
            await(go);
            return "done";
        };
        try (var client = server.raw()) {
            client.send(GET + GET + GET).endInput();
            entered.await();
            go.countDown();
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 9\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\nab"})
    void aRequestThatEndsEarlyIsMalformed(String rest) throws Exception {
        try (var client = server.raw()) {
            client.send(GET + "POST /channels HTTP/1.1\r\n" + SIGNED + rest).endInput();
            assertThat(client.read().status()).isEqualTo(200);
            assertError(client.read(), Refusal.MALFORMED_REQUEST);
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void aClientThatEndsItsSideWithoutARequestIsLetGo() throws Exception {
        try (var silent = server.raw(); var idle = server.raw()) {
            assertThat(silent.endInput().isClosed()).isTrue();
            assertThat(idle.send(GET).read().status()).isEqualTo(200);
            assertThat(idle.endInput().isClosed()).isTrue();
        }
    }

    @Test
    void theLineOfAChunkIsNoRequestLine() throws Exception {
        assertError(exchange("POST /channels HTTP/1.1\r\n" + SIGNED + "Transfer-Encoding: chunked\r\n\r\n2;"
                + "x".repeat(17_000) + "\r\n{}\r\n0\r\n\r\n"), Refusal.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a b", "a,,b", "a;b", "é", ","})
    void aPreflightRepeatsNothingButNamesOfHeaders(String wanted) throws Exception {
        Response response = exchange(request("OPTIONS / HTTP/1.1", "Host: a",
                "Access-Control-Request-Headers: " + wanted));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("(absent)");
    }

    @Test
    void headGetsHeadersOnly() throws Exception {
        try (var client = server.raw()) {
            client.send("HEAD /channels HTTP/1.1\r\n" + SIGNED + "Connection: close\r\n\r\n");
            Response response = client.readHeaders();
            assertThat(response.status()).isEqualTo(404);
            assertThat(Integer.parseInt(response.header("Content-Length"))).isPositive();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aLargeBodyIsRefusedBeforeItIsRead() throws Exception {
        try (var client = server.raw()) {
            client.send("POST /channels HTTP/1.1\r\n" + SIGNED
                    + "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
            assertError(client.read(), Refusal.BODY_TOO_LARGE);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aLargeChunkedBodyIsRefusedWhileItIsRead() throws Exception {
        try (var client = server.raw()) {
            client.send("POST /channels HTTP/1.1\r\n" + SIGNED + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "40000\r\n" + "x".repeat(0x40000) + "\r\n";
            for (int i = 0; i < 6; i++) {
                client.send(chunk);
            }
            assertError(client.read(), Refusal.BODY_TOO_LARGE);
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() throws Exception {
        String body = "{\"a\":\"" + "x".repeat(1024 * 1024 - 8) + "\"}";
        assertThat(exchange("POST /channels HTTP/1.1\r\n" + SIGNED + "Content-Length: 1048576\r\n\r\n" + body).status())
                .isEqualTo(201);
    }

    @Test
    void bodiesThatTogetherTakeTooMuchMemoryAreThrottled() throws Exception {
        restart(new HttpLimits(16 * 1024, 32 * 1024, 1024 * 1024, 1024 * 1024, 2, 0, Duration.ofSeconds(30),
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(500)));
        String body = "{\"a\":\"" + "x".repeat(700_000 - 8) + "\"}";
        String post = "POST /channels HTTP/1.1\r\n" + SIGNED + "Expect: 100-continue\r\nContent-Length: 700000\r\n\r\n";
        try (var first = besideOneThatIsThrottled(post, body)) {
            for (int i = 0; i < 3; i++) {
                assertThat(first.send(post).read().status()).isEqualTo(100);
                assertThat(first.send(body).read().status()).isEqualTo(201);
            }
        }
        try (var torn = server.raw()) {
            torn.send(post + body.substring(0, 600_000));
        }
        awaitTaken(post + body);
    }

    /// A client whose body went through although another one was throttled for it. As long as the server has not read all of
    /// it, the other one may take what it still needs, and it is throttled instead; then this is tried again.
    private RawClient besideOneThatIsThrottled(String post, String body) throws Exception {
        for (int i = 0; i < 50; i++) {
            var client = server.raw();
            assertThat(client.send(post).read().status()).isEqualTo(100);
            client.send(body.substring(0, body.length() - 1));
            awaitThrottled(post + body);
            Response response = client.send("}").read();
            if (response.status() == 201) {
                return client;
            }
            assertError(response, Refusal.THROTTLED);
            client.close();
        }
        throw new AssertionError("of two bodies that are too large together, neither goes through");
    }

    /// Tries until the server has read enough of the other body.
    private void awaitThrottled(String request) throws Exception {
        Response response = answerToWhole(request);
        while (response.status() == 201) {
            response = answerToWhole(request);
        }
        assertError(response, Refusal.THROTTLED);
    }

    /// Tries until the server knows that the other client is gone.
    private void awaitTaken(String request) throws Exception {
        Response response = answerToWhole(request);
        while (response.status() == Refusal.THROTTLED.status()) {
            response = answerToWhole(request);
        }
        assertThat(response.status()).isEqualTo(201);
    }

    private Response answerToWhole(String request) throws Exception {
        try (var client = server.raw()) {
            assertThat(client.send(request).read().status()).isEqualTo(100);
            return client.read();
        }
    }

    @Test
    void longRequestLinesAndHeadersAreRefused() throws Exception {
        assertError(exchange("GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n" + SIGNED + "\r\n"),
                Refusal.REQUEST_LINE_TOO_LONG);
        assertError(exchange("GET /channels HTTP/1.1\r\n" + SIGNED + "a: " + "b".repeat(33_000) + "\r\n\r\n"),
                Refusal.HEADERS_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "NONSENSE\r\n\r\n",
            "GET /channels HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET /channels HTTP/1.1\r\n\r\n",
            "GET /channels HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /channels HTTP/1.1\r\nHost: a\r\nbad header: x\r\n\r\n",
            "GET /channels HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\n\r\n{}",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: two\r\n\r\n{}",
            "POST /channels HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "POST /channels HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /channels HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"})
    void malformedRequestsEndTheConnection(String text) throws Exception {
        try (var client = server.raw()) {
            // What follows must never be taken for a request of its own.
            Response response = client.send(text + GET).read();
            assertError(response, Refusal.MALFORMED_REQUEST);
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.calls).isEmpty();
    }

    @Test
    void connectWithoutAnUpgradeIsToldSo() throws Exception {
        Response response = exchange("GET /connect HTTP/1.1\r\nHost: a\r\n\r\n");

        assertError(response, Refusal.UPGRADE_REQUIRED);
        assertThat(response.header("Upgrade")).isEqualTo("websocket");
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        restart(limits(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(30)));
        try (var silent = server.raw(); var slow = server.raw()) {
            slow.send("GET /channels HTTP/1.1\r\nHost");
            assertThat(silent.isClosed()).isTrue();
            assertThat(slow.isClosed()).isTrue();
        }
    }

    @Test
    void aSlowBodyIsGivenUp() throws Exception {
        restart(limits(Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(30)));
        assertError(exchange("POST /channels HTTP/1.1\r\n" + SIGNED + "Content-Length: 9\r\n\r\n{"),
                Refusal.REQUEST_TIMEOUT);
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        restart(limits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(200)));
        try (var client = server.raw()) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    private static HttpLimits limits(Duration firstRequest, Duration body, Duration idle) {
        return new HttpLimits(
                16 * 1024, 32 * 1024, 1024 * 1024, 64 * 1024 * 1024, 2, 0, firstRequest, body, idle,
                Duration.ofSeconds(10),
                Duration.ofMillis(500));
    }

    @Test
    void aClientThatLeavesLosesNothingButItsAnswer() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        server.service = (_, _) -> {
            entered.countDown();
            await(go);
            return "x".repeat(1024 * 1024);
        };
        try (var client = server.raw()) {
            client.send(GET);
            entered.await();
        }
        go.countDown();
        try (var client = server.raw()) {
            assertThat(client.send(GET).read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyTransportOfThisMachineServes(Transport transport) throws Exception {
        assumeTrue(transport.available());
        try (var loops = EventLoops.start(transport, 1); var other = server.another(loops)) {
            other.start("localhost", 0);
            try (var client = RawClient.connect(InetAddress.getLoopbackAddress(), other.port())) {
                assertThat(client.send(GET).read().status()).isEqualTo(200);
            }
        }
    }
}
