package org.memloop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.memloop.bench.BenchException;
import org.memloop.data.DatasetException;
import org.memloop.experiments.Console;
import org.memloop.experiments.selftest.SelftestException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tell every failure in one line and choose the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    private final Console console;
    private final BooleanSupplier verbose;

    Failures(Console console, BooleanSupplier verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        console.remark("memloop: " + e.getMessage() + "; see '" + e.getCommandLine().getCommandSpec().qualifiedName()
                + " --help'");
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        if (!(e instanceof CancellationException && e.getMessage() == null)) {
            console.remark("memloop: " + message(e));
        }
        if (verbose.getAsBoolean()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            console.remark(trace.toString().stripTrailing());
        }
        return e instanceof CancellationException ? INTERRUPTED : FAILED;
    }

    private static String message(Exception e) {
        return switch (e) {
            case BenchException bench -> bench.getMessage();
            case DatasetException data -> data.getMessage();
            case UncheckedIOException io -> message(io.getCause());
            case NoSuchFileException file -> file.getFile() + ": there is no such file";
            case AccessDeniedException file -> file.getFile() + ": access is not allowed";
            case FileAlreadyExistsException file -> file.getFile() + ": exists already";
            case FileSystemException file -> file.getMessage();
            case IOException io -> io.getMessage() == null ? io.toString() : io.getMessage();
            case CancellationException stopped -> stopped.getMessage();
            case SelftestException found -> found.getMessage();
            case IllegalArgumentException wrong when wrong.getMessage() != null -> wrong.getMessage();
            default -> "this should not have happened: " + e + "; run the command again with --verbose and report it";
        };
    }
}
