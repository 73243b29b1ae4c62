// Trains small fully connected networks (org.phasemap.train), a block of threads each: it draws the network, trains it to its
// end, evaluates it, and takes the next one that nobody has taken. So blocks wait for nobody, and a launch trains any number.
#ifndef PHASEMAP_TRAIN
#define PHASEMAP_TRAIN
#include "train_draw.h"
#include "train_passes.h"

// Where the block keeps the network that it has taken.
DEVICE TrainingMemory memory_of(const TrainedNetwork& net, const TrainingRecipe& recipe, const TrainingArgs& args) {
  TrainingMemory memory;
  memory.batch = recipe.batch;
  memory.across = fours(recipe.batch);
  memory.inputs_count = args.inputs;
  memory.classes = args.classes;
  memory.width = net.width;
  memory.depth = net.depth;
  memory.apart = fours(net.width);
  memory.count = (u64)memory.apart * (args.inputs + 1) + (u64)(net.depth - 1) * memory.apart * (net.width + 1) +
                 (u64)fours(args.classes) * (net.width + 1);
  const int numbers = recipe.optimiser == SGD ? 1 : recipe.optimiser == ADAM ? 3 : 2;
  memory.parameters = (float*)(args.memory + block_index() * args.memory_apart);
  memory.inputs = memory.parameters + numbers * memory.count;
  memory.activations = memory.inputs + (u64)args.inputs * memory.across;
  memory.slopes = memory.activations + net.depth * memory.entries();
  memory.logits = memory.slopes + net.depth * memory.entries();
  memory.labels = (int*)(memory.logits + (u64)args.classes * memory.across);
  memory.mask = net.masked ? (unsigned char*)(memory.labels + memory.across) : nullptr;
  return memory;
}

// Whether the host wants no more of this launch.
DEVICE bool is_to_stop() { return *(const volatile int*)training()->args.stop != 0; }

DEVICE bool take_network() {
  TrainingShared* const sh = training();
  if (thread_index() == 0) {
    sh->network = is_to_stop() ? sh->args.count : atomic_add(sh->args.next, 1);
    if (sh->network < sh->args.count) {
      sh->net = sh->args.networks[sh->network];
      sh->recipe = sh->args.recipes[sh->net.recipe];
      sh->memory = memory_of(sh->net, sh->recipe, sh->args);
      sh->course = {};
    }
  }
  barrier();
  return sh->network < sh->args.count;
}

DEVICE void take_minibatch(int step) {
  const TrainingShared* const sh = training();
  const int* const order = sh->args.order + sh->net.order + (u64)(step - 1) * sh->recipe.batch;
  take_examples(sh->args.train, [&](int j) { return order[j]; });
}

DEVICE double* result(int which) {
  const TrainingShared* const sh = training();
  return sh->args.results + (u64)sh->network * TRAINING_RESULTS + which;
}

// ‖∂loss/∂θ‖² on the first minibatch.
FUNCTION void measure_gradient(int which) {
  take_minibatch(1);
  pass_forward();
  barrier();
  double sums[2] = {0, 0};
  add_figures(training()->recipe.batch, true, sums);
  double square[1] = {pass_backward<false>()};
  block_sums<TRAIN_THREADS, 1>(square, training()->partial);
  if (thread_index() == 0) *result(which) = square[0];
}

// Loss and right answers of a set, minibatch by minibatch. What its end leaves free in one is filled from its start.
FUNCTION void evaluate(const TrainingData& data, int which) {
  const int batch = training()->recipe.batch, all = (int)data.count;
  double sums[2] = {0, 0};
  for (int first = 0; first < all; first += batch) {
    take_examples(data, [&](int j) { return (first + j) % all; });
    pass_forward();
    barrier();
    add_figures(all - first < batch ? all - first : batch, false, sums);
  }
  block_sums<TRAIN_THREADS, 2>(sums, training()->partial);
  if (thread_index() == 0) {
    result(which)[0] = sums[0];
    result(which)[1] = sums[1];
  }
}

// Takes the figures of a step's minibatch before its update; one thread.
DEVICE void follow(int step, double loss, int right) {
  TrainingShared* const sh = training();
  const TrainingRecipe& recipe = sh->recipe;
  TrainingCourse& course = sh->course;
  if (step % TRAIN_LOOK == 0 && is_to_stop()) {
    course.stopped = course.ended = 1;
    return;
  }
  const double accuracy = (double)right / recipe.batch;
  double* const curve = sh->args.curves + (u64)sh->network * 2 * (sh->args.due_count + 1);
  if (course.due < sh->args.due_count && sh->args.due[course.due] == step) {
    curve[2 * course.due] = loss;
    curve[2 * course.due + 1] = accuracy;
    course.due++;
  }
  curve[2 * sh->args.due_count] = loss;
  curve[2 * sh->args.due_count + 1] = accuracy;
  *result(LAST_STEP) = step;
  course.diverged = course.ended = !(loss <= recipe.bound);
  if (course.ended) return;
  int& oldest = course.right[(step - 1) % TRAIN_WINDOW];
  course.right_of_window += right - oldest;
  oldest = right;
  if (!course.threshold_step && step >= TRAIN_WINDOW && course.right_of_window >= recipe.reached) course.threshold_step = step;
  const bool holds = loss <= recipe.stop_loss && accuracy >= recipe.stop_accuracy;
  course.streak = holds ? course.streak + 1 : 0;
  course.ended = recipe.stop_steps && course.streak >= recipe.stop_steps;
  if (course.ended) return;
  course.updates++;
  sh->descent = descent_at(step);
}

// Whether the step was taken: not where its minibatch says that the network has ended.
DEVICE bool take_step(int step) {
  TrainingShared* const sh = training();
  take_minibatch(step);
  pass_forward();
  barrier();
  double sums[2] = {0, 0};
  add_figures(sh->recipe.batch, true, sums);
  block_sums<TRAIN_THREADS, 2>(sums, sh->partial);
  if (thread_index() == 0) follow(step, sums[0] / sh->recipe.batch, (int)sums[1]);
  barrier();
  if (sh->course.ended) return false;
  pass_backward<true>();
  return true;
}

KERNEL(train_mlp, TrainingArgs, TRAIN_THREADS, 2) {
  TrainingShared* const sh = training();
  if (thread_index() == 0) sh->args = args;
  while (take_network()) {
    draw_network();
    measure_gradient(SQUARE_AT_START);
    for (int step = 1; step <= sh->recipe.steps && take_step(step); step++) {
    }
    if (sh->course.stopped) return;
    evaluate(sh->args.train, TRAIN_LOSS);
    evaluate(sh->args.test, TEST_LOSS);
    measure_gradient(SQUARE_AT_END);
    if (thread_index() == 0) {
      *result(UPDATES) = sh->course.updates;
      *result(THRESHOLD_STEP) = sh->course.threshold_step;
      *result(DIVERGED) = sh->course.diverged;
    }
  }
}
SHARED_BYTES(train_mlp, sizeof(TrainingShared));
#endif
