package bellframe.server;

import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// Asks a running server of this machine for what only its operator may ask.
final class AdminClient {

    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private AdminClient() {
    }

    /// Has the server make a backup, and waits for it.
    ///
    /// @throws FolderUnusable if the server says that the target cannot be used
    /// @throws IOException if the server cannot make it, or ends meanwhile
    static void backup(RunningServerFile server, Path target) throws IOException, InterruptedException {
        ask(server, "/backup", target.toString());
    }

    /// Has the server erase a user, and waits for it.
    ///
    /// @return what was done
    /// @throws FolderUnusable if the server says that there can be no such user
    /// @throws IOException if the server cannot do it, or ends meanwhile
    static String eraseUser(RunningServerFile server, String arn) throws IOException, InterruptedException {
        return ask(server, "/erase-user", arn);
    }

    /// Has the server do something with its keys.
    ///
    /// @return what was done, or the keys
    /// @throws FolderUnusable if the server says why it cannot be done
    /// @throws IOException if the server cannot do it, or ends meanwhile
    static String keys(RunningServerFile server, KeyRequest request) throws IOException, InterruptedException {
        return ask(server, "/keys", request.toString());
    }

    /// Has the server prepare the next certificate authority, or put it in use and serve a certificate of it.
    ///
    /// @return what was done
    /// @throws FolderUnusable if the server says why it cannot be done
    /// @throws IOException if the server cannot do it, or ends meanwhile
    static String rotateAuthority(RunningServerFile server, CaTask.Step step) throws IOException, InterruptedException {
        return ask(server, "/ca", step.name());
    }

    /// Has the server tell what waits to be handed to receivers outside.
    static String outbox(RunningServerFile server) throws IOException, InterruptedException {
        return ask(server, "/outbox", "");
    }

    /// Has the server append a part of its messages to a stream.
    ///
    /// @return what came of the part
    /// @throws FolderUnusable if the server says why it cannot be done
    /// @throws IOException if the server cannot do it, or ends meanwhile
    static ReplayAnswer replay(RunningServerFile server, ReplayRequest request)
            throws IOException, InterruptedException {
        return ReplayAnswer.parse(ask(server, "/replay", request.toString()));
    }

    private static String ask(RunningServerFile server, String path, String argument)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
                .header("Authorization", "Bearer " + server.adminToken())
                .POST(BodyPublishers.ofString(argument))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = send(client, request);
            String said = answer.body().strip();
            return switch (answer.statusCode()) {
                case OK -> said;
                case CONFLICT -> throw new FolderUnusable(said, null);
                default -> throw new IOException("the server could not do it: " + said);
            };
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new IOException("the server ended before it was done, or cannot be reached", lost);
        }
    }
}
