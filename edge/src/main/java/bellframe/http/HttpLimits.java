package bellframe.http;

import java.time.Duration;

/// What one client and all of them together may take from the server; [#DEFAULT] suits production.
///
/// @param requestLineMaxBytes longer request lines are answered 414; two ARNs and a NextToken that the models allow,
///        percent-encoded at up to twelve bytes a character, fit the default
/// @param headersMaxBytes larger header sections are answered 431
/// @param bodyMaxBytes larger bodies are answered 413
/// @param bodiesMaxBytes bodies of all requests that are not answered yet; a request beyond them is answered 429
/// @param requestsInFlightMax requests being worked on in the whole server; further ones are answered 429 at once
/// @param connectionsPerAddressMax connections from one address, or one IPv6 network of 64 bits; further ones are closed at
///        once; 0 for any number
/// @param firstRequestLimit from connecting, TLS handshake included, to the end of the first request's headers; then
///        the connection is closed
/// @param bodyLimit from the end of the headers to the end of the body; then the request is answered 408
/// @param idleLimit from an answer to the end of the next request's headers; then the connection is closed
/// @param answerLimit for a client to take an answer off the wire; then the connection is closed
/// @param lingerLimit how long input is still read and dropped after an answer that ends the connection early, so that the
///        client gets to see the answer
public record HttpLimits(
        int requestLineMaxBytes,
        int headersMaxBytes,
        int bodyMaxBytes,
        long bodiesMaxBytes,
        int requestsInFlightMax,
        int connectionsPerAddressMax,
        Duration firstRequestLimit,
        Duration bodyLimit,
        Duration idleLimit,
        Duration answerLimit,
        Duration lingerLimit) {

    public static final HttpLimits DEFAULT = new HttpLimits(
            64 * 1024,
            32 * 1024,
            1024 * 1024,
            bodiesOfThisHeap(),
            1024,
            10_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    public HttpLimits {
        requirePositive("requestLineMaxBytes", requestLineMaxBytes);
        requirePositive("headersMaxBytes", headersMaxBytes);
        requirePositive("bodyMaxBytes", bodyMaxBytes);
        requirePositive("bodiesMaxBytes", bodiesMaxBytes);
        requirePositive("requestsInFlightMax", requestsInFlightMax);
        if (connectionsPerAddressMax < 0) {
            throw new IllegalArgumentException(
                    "connectionsPerAddressMax is " + connectionsPerAddressMax + ", allowed: 0 or more");
        }
        requirePositive("firstRequestLimit", firstRequestLimit);
        requirePositive("bodyLimit", bodyLimit);
        requirePositive("idleLimit", idleLimit);
        requirePositive("answerLimit", answerLimit);
        requirePositive("lingerLimit", lingerLimit);
    }

    /// The same limits but for one.
    public HttpLimits withRequestsInFlightMax(int requests) {
        return new HttpLimits(requestLineMaxBytes, headersMaxBytes, bodyMaxBytes, bodiesMaxBytes, requests,
                connectionsPerAddressMax, firstRequestLimit, bodyLimit, idleLimit, answerLimit, lingerLimit);
    }

    /// The same limits but for one.
    public HttpLimits withConnectionsPerAddressMax(int connections) {
        return new HttpLimits(requestLineMaxBytes, headersMaxBytes, bodyMaxBytes, bodiesMaxBytes, requestsInFlightMax,
                connections, firstRequestLimit, bodyLimit, idleLimit, answerLimit, lingerLimit);
    }

    /// The same limits but for one.
    public HttpLimits withFirstRequestLimit(Duration limit) {
        return new HttpLimits(requestLineMaxBytes, headersMaxBytes, bodyMaxBytes, bodiesMaxBytes, requestsInFlightMax,
                connectionsPerAddressMax, limit, bodyLimit, idleLimit, answerLimit, lingerLimit);
    }

    /// An eighth of the heap: reading the JSON of a body takes some five times its size.
    private static long bodiesOfThisHeap() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    private static void requirePositive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + " is " + value + ", allowed: 1 or more");
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(key + " is " + value + ", allowed: more than zero");
        }
    }
}
