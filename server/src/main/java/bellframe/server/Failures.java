package bellframe.server;

import bellframe.refusals.Refused;
import bellframe.server.config.InvalidConfig;
import bellframe.server.folder.FolderLocked;
import bellframe.server.folder.FolderUnusable;
import bellframe.storage.StorageLocked;
import bellframe.storage.StorageTooNew;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// What the user is told when a command fails, and the exit code that goes with it.
final class Failures {

    private Failures() {
    }

    static int report(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (exitCode(failure) == ExitCode.FAILED) {
            failure.printStackTrace(err);
        }
        err.println("bellframe: " + failure.getMessage());
        err.flush();
        return statusOf(failure);
    }

    static int statusOf(Throwable failure) {
        return exitCode(failure).status();
    }

    private static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case InvalidConfig _,FolderUnusable _,Refused _,StorageTooNew _,CommandLine.ParameterException _ ->
                ExitCode.WRONG_USAGE;
            case FolderLocked _,StorageLocked _ -> ExitCode.FOLDER_LOCKED;
            case PortUnavailable port -> port.taken() ? ExitCode.PORT_TAKEN : ExitCode.WRONG_USAGE;
            default -> ExitCode.FAILED;
        };
    }
}
