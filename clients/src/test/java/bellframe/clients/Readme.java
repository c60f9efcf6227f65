package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The text of README.md, and what it tells people to do.
record Readme(String text) {

    private static final String SERVE = "./bellframe serve";

    /// A block of commands, and behind it perhaps a block of what these say when they fail.
    private static final Pattern BLOCK = Pattern
            .compile("```sh\n(?<commands>.*?)```\n(?:\n```text\n(?<failure>.*?)\n```\n)?", Pattern.DOTALL);

    static Readme read() throws IOException {
        return new Readme(Files.readString(Command.ROOT.resolve("README.md")));
    }

    /// The block in which the server is started with a file of settings.
    static String restart(String settings) {
        return "```sh\n" + SERVE + " --config " + settings + "\n```\n";
    }

    /// What begins with a line and ends before another.
    Readme between(String start, String end) {
        int from = text.indexOf("\n" + start);
        assertThat(from).as(start).isNotNegative();
        return new Readme(text.substring(from, text.indexOf("\n" + end, from + 1 + start.length())));
    }

    String script() {
        return script(_ -> true);
    }

    /// The commands, but for those that start the server, which runs.
    ///
    /// @param wanted takes one block's commands
    String script(Predicate<String> wanted) {
        var script = new StringBuilder();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String commands = blocks.group("commands");
            if (blocks.group("failure") != null) {
                script.append(failing(commands, blocks.group("failure")));
            } else if (!commands.startsWith(SERVE) && wanted.test(commands)) {
                script.append(commands);
            }
        }
        return script.toString();
    }

    private static String failing(String commands, String failure) {
        return "if { %s } 2> failure; then exit 99; fi\ngrep -qF '%s' failure\n".formatted(commands, failure);
    }

    /// Brings to a folder what `npm ci` has brought to the root of the tree.
    static void linkModules(Path folder) throws IOException {
        Path js = Files.createDirectories(folder.resolve("clients/js"));
        Files.createSymbolicLink(js.resolve("node_modules"), Command.ROOT.resolve("clients/js/node_modules"));
    }
}
