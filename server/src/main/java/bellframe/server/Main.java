package bellframe.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The `bellframe` command.
@Command(name = "bellframe", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Version.class)
final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new EnvCommand())
                .addSubcommand(new CaCommand())
                .addSubcommand(new OutboxCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new BackupCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new EraseUserCommand())
                .addSubcommand(new KeysCommand())
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigCommand.Print())
                        .addSubcommand(new ConfigCommand.Validate()))
                .setExecutionExceptionHandler(Failures::report)
                .setExitCodeExceptionMapper(Failures::statusOf);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
