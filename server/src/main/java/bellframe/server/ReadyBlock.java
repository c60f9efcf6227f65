package bellframe.server;

import bellframe.server.config.ServerConfig;

/// What a person reads when the server is ready; no secret is in it.
final class ReadyBlock {

    /// Set by the launcher: the command as the user typed it.
    private static final String LAUNCHER_PROPERTY = "bellframe.launcher";
    private static final String LAUNCHER_DEFAULT = "./bellframe";

    private ReadyBlock() {
    }

    static String of(ServerConfig config, int port, int adminPort) {
        String launcher = System.getProperty(LAUNCHER_PROPERTY, LAUNCHER_DEFAULT);
        return """
                Bellframe %s is ready.
                  HTTP   %s
                  HTTPS  %s
                  Admin  %s

                  eval "$(%s env --data %s)"
                """.formatted(
                Version.current(),
                Address.of("http", config.host(), port),
                Address.of("https", config.host(), port),
                Address.of("http", "127.0.0.1", adminPort),
                Shell.word(launcher),
                Shell.word(config.data().toString()));
    }
}
