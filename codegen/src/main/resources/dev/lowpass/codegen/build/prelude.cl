// OpenCL C as far as kernels use it, by what NVIDIA's devices have.
#pragma OPENCL EXTENSION cl_khr_fp16 : enable
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float4 __attribute__((ext_vector_type(4)));
typedef int int2 __attribute__((ext_vector_type(2)));
typedef int int4 __attribute__((ext_vector_type(4)));
typedef uint uint4 __attribute__((ext_vector_type(4)));
#define OVER static inline __attribute__((overloadable, always_inline))
#define CLK_LOCAL_MEM_FENCE 1
#define barrier(fence) __nvvm_bar_sync(0)
#define get_group_id(axis) ((axis) == 0 ? __nvvm_read_ptx_sreg_ctaid_x() : (axis) == 1 ? __nvvm_read_ptx_sreg_ctaid_y() : __nvvm_read_ptx_sreg_ctaid_z())
#define get_local_id(axis) ((axis) == 0 ? __nvvm_read_ptx_sreg_tid_x() : (axis) == 1 ? __nvvm_read_ptx_sreg_tid_y() : __nvvm_read_ptx_sreg_tid_z())

// Conversions.
#define convert_char(x) ((char)(x))
#define convert_uchar(x) ((uchar)(x))
#define convert_short(x) ((short)(x))
#define convert_ushort(x) ((ushort)(x))
#define convert_int(x) ((int)(x))
#define convert_uint(x) ((uint)(x))
#define convert_long(x) ((long)(x))
#define convert_ulong(x) ((ulong)(x))
#define convert_float(x) ((float)(x))
#define convert_double(x) ((double)(x))
#define convert_half(x) ((half)(x))
#define convert_int4(x) __builtin_convertvector((x), int4)
#define convert_float4(x) __builtin_convertvector((x), float4)
#define as_int(x) __builtin_astype((x), int)
#define as_uint(x) __builtin_astype((x), uint)
#define as_float(x) __builtin_astype((x), float)
#define as_long(x) __builtin_astype((x), long)
#define as_ulong(x) __builtin_astype((x), ulong)
#define as_double(x) __builtin_astype((x), double)
#define as_half(x) __builtin_astype((x), half)
#define as_short(x) __builtin_astype((x), short)
#define as_ushort(x) __builtin_astype((x), ushort)
#define as_int4(x) __builtin_astype((x), int4)
#define as_uint4(x) __builtin_astype((x), uint4)
#define as_float4(x) __builtin_astype((x), float4)

// Vectors of four, at multiples of their size.
#define VECTOR(space) \
  OVER float4 vload4(int offset, const space float *from) { return *(const space float4 *)(from + 4 * offset); } \
  OVER int4 vload4(int offset, const space int *from) { return *(const space int4 *)(from + 4 * offset); } \
  OVER void vstore4(float4 value, int offset, space float *to) { *(space float4 *)(to + 4 * offset) = value; } \
  OVER void vstore4(int4 value, int offset, space int *to) { *(space int4 *)(to + 4 * offset) = value; }
VECTOR(__global)
VECTOR(__local)
VECTOR(__private)

// The greater and the lesser one: NaN where one of both is.
OVER float max(float a, float b) { return __nvvm_fmax_nan_f(a, b); }
OVER float min(float a, float b) { return __nvvm_fmin_nan_f(a, b); }
OVER double max(double a, double b) { return a != a ? a : b != b ? b : a > b ? a : b; }
OVER double min(double a, double b) { return a != a ? a : b != b ? b : a < b ? a : b; }
OVER float4 max(float4 a, float4 b) { return (float4)(max(a.x, b.x), max(a.y, b.y), max(a.z, b.z), max(a.w, b.w)); }
OVER float4 min(float4 a, float4 b) { return (float4)(min(a.x, b.x), min(a.y, b.y), min(a.z, b.z), min(a.w, b.w)); }
#define WHOLE(type) \
  OVER type max(type a, type b) { return a > b ? a : b; } \
  OVER type min(type a, type b) { return a < b ? a : b; }
WHOLE(char) WHOLE(uchar) WHOLE(short) WHOLE(ushort) WHOLE(int) WHOLE(uint) WHOLE(long) WHOLE(ulong)

// Choices: vectors lane by lane, where all bits of the condition are set.
#define CHOICE(type) \
  OVER type select(type otherwise, type then, bool condition) { return condition ? then : otherwise; }
CHOICE(char) CHOICE(uchar) CHOICE(short) CHOICE(ushort) CHOICE(int) CHOICE(uint) CHOICE(long) CHOICE(ulong)
CHOICE(float) CHOICE(double) CHOICE(half)
OVER float4 select(float4 otherwise, float4 then, int4 condition) { return condition ? then : otherwise; }
OVER int4 select(int4 otherwise, int4 then, int4 condition) { return condition ? then : otherwise; }

// Functions that the device has, or that its compiler has.
OVER float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
OVER double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
OVER float4 fma(float4 a, float4 b, float4 c) { return __builtin_elementwise_fma(a, b, c); }
#define mad fma
#define ROUNDING(name) \
  OVER float name(float x) { return __builtin_elementwise_##name(x); } \
  OVER float4 name(float4 x) { return __builtin_elementwise_##name(x); } \
  OVER double name(double x) { return __builtin_elementwise_##name(x); }
ROUNDING(floor) ROUNDING(ceil) ROUNDING(trunc)
OVER float rint(float x) { return __builtin_rintf(x); }
OVER double rint(double x) { return __builtin_rint(x); }
OVER float fabs(float x) { return __builtin_fabsf(x); }
OVER double fabs(double x) { return __builtin_fabs(x); }
OVER float sqrt(float x) { return __builtin_sqrtf(x); }
OVER double sqrt(double x) { return __builtin_sqrt(x); }
OVER int isnan(float x) { return x != x; }
OVER int isnan(double x) { return x != x; }
OVER int isinf(float x) { return __builtin_fabsf(x) == __builtin_inff(); }
OVER int isinf(double x) { return __builtin_fabs(x) == __builtin_inf(); }
