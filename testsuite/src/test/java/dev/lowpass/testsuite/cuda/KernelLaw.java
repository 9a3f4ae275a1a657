package dev.lowpass.testsuite.cuda;

import dev.lowpass.testsuite.cuda.PtxInstruction.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What holds of every launch of every model, and can be seen without a GPU. */
enum KernelLaw {
  NOTHING_IS_SPILLED {
    @Override
    List<String> breaches(LaunchFacts facts) {
      List<String> breaches = new ArrayList<>();
      facts.reports().forEach((processor, report) -> {
        if (report.spills() > 0 || report.stackBytes() > 0) {
          breaches.add("%s: %d bytes spilled, %d of stack".formatted(processor, report.spills(), report.stackBytes()));
        }
      });
      long local = instructions(facts.counts().whole().loads()) + instructions(facts.counts().whole().stores());
      if (local > 0) {
        breaches.add(local + " loads and stores of local memory");
      }
      return breaches;
    }

    private long instructions(Map<Space, PtxCounts.Traffic> traffic) {
      return traffic.get(Space.LOCAL).instructions();
    }
  },

  LAUNCHES_FIT {
    @Override
    List<String> breaches(LaunchFacts facts) {
      List<String> breaches = new ArrayList<>();
      facts.reports().forEach((processor, report) -> {
        if (report.sharedBytes() > MOST_SHARED || facts.occupancy(processor).groups() == 0) {
          breaches.add(processor + " has no room for a group: " + report);
        }
      });
      return breaches;
    }
  },

  /** In the loop: the sums of a tile's parts are added up by few of its items. */
  SHARED_LOADS_ARE_FEW {
    @Override
    List<String> breaches(LaunchFacts facts) {
      LoadRatios loop = facts.counts().hot().ratios();
      return most("shared loads a multiply-add", loop.sharedPerMac(), facts.limits().sharedPerMac());
    }
  },

  GLOBAL_LOADS_ARE_FEW {
    @Override
    List<String> breaches(LaunchFacts facts) {
      return most("global loads a multiply-add", facts.loads().globalPerMac(), facts.limits().globalPerMac());
    }
  },

  LOADS_ARE_VECTORS {
    @Override
    List<String> breaches(LaunchFacts facts) {
      return least("of the bytes by vectors", facts.loads().vectorShare(), facts.limits().vectorShare());
    }
  },

  /** Of launches of several groups: one alone leaves a device idle whatever it takes. */
  WARPS_ARE_MANY {
    @Override
    List<String> breaches(LaunchFacts facts) {
      List<String> breaches = new ArrayList<>();
      if (facts.launch().groups().count() > 1) {
        for (Multiprocessor processor : facts.reports().keySet()) {
          double share = facts.occupancy(processor).share();
          breaches.addAll(least("of the warps of " + processor, share, facts.limits().occupancy()));
        }
      }
      return breaches;
    }
  };

  /** What a group has without asking the driver for more. */
  private static final int MOST_SHARED = 48 << 10;

  /** Where a launch breaks it, for people; none where it holds. */
  abstract List<String> breaches(LaunchFacts facts);

  private static List<String> most(String what, double found, double limit) {
    return found > limit ? List.of(String.format(Locale.ROOT, "%.2f %s, at most %.2f", found, what, limit)) : List.of();
  }

  private static List<String> least(String what, double found, double limit) {
    return found < limit ? List.of(String.format(Locale.ROOT, "%.2f %s, at least %.2f", found, what, limit)) : List.of();
  }
}
