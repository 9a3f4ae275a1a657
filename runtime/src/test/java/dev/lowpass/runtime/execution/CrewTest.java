package dev.lowpass.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  private static final int TURNS = 1000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyWorkerDoesItsPartOnceATurn(int workers) {
    AtomicIntegerArray parts = new AtomicIntegerArray(workers);
    try (Crew crew = new Crew(workers)) {
      for (int turn = 1; turn <= TURNS; turn++) {
        crew.run(parts::incrementAndGet);
        for (int worker = 0; worker < workers; worker++) {
          assertThat(parts.get(worker)).isEqualTo(turn);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void turnsMayBeAboutDifferentThings(int workers) {
    AtomicIntegerArray odd = new AtomicIntegerArray(workers);
    AtomicIntegerArray even = new AtomicIntegerArray(workers);
    try (Crew crew = new Crew(workers)) {
      for (int turn = 1; turn <= TURNS; turn++) {
        crew.run((turn % 2 == 0 ? even : odd)::incrementAndGet);
        for (int worker = 0; worker < workers; worker++) {
          assertThat(even.get(worker)).isEqualTo(turn / 2);
          assertThat(odd.get(worker)).isEqualTo((turn + 1) / 2);
        }
      }
    }
  }

  /** As kernels do that wait for each other between phases. */
  @Test
  void partsRunAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    try (Crew crew = new Crew(3)) {
      crew.run(worker -> await(together));
      crew.run(worker -> await(together));
    }
  }

  @Test
  void workersThatFellAsleepComeBack() {
    AtomicIntegerArray parts = new AtomicIntegerArray(2);
    try (Crew crew = new Crew(2)) {
      crew.run(parts::incrementAndGet);
      LockSupport.parkNanos(20_000_000);
      crew.run(parts::incrementAndGet);
    }
    assertThat(parts.get(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aPartThatFailsFailsTheCallAndNoMore(int failing) {
    int[] calls = new int[1];
    Crew.Work work =
        worker -> {
          if (worker == failing && calls[0] == 0) {
            throw new IllegalArgumentException("worker " + worker);
          }
        };
    try (Crew crew = new Crew(2)) {
      assertThatThrownBy(() -> crew.run(work)).isInstanceOf(IllegalArgumentException.class).hasMessage("worker " + failing);
      calls[0]++;
      crew.run(work);
    }
  }

  @Test
  void closingEndsTheThreadsAndMayBeDoneTwice() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Crew crew = new Crew(3);
    crew.run(worker -> threads.add(Thread.currentThread()));
    crew.close();
    crew.close();
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(2);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
